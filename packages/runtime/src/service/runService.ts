import { type Database, type DatabaseOptions, openDatabase } from '@ge/database';
import { answered, ConsumerWatch, failingConnection, type QueueSpace } from '@ge/queue';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { z } from 'zod';
import { Gate } from '../batch/gate.ts';
import type { AnyHandler } from '../batch/handler.ts';
import { type Clock, MovableClock, systemClock } from '../clock.ts';
import { announceTaker } from './announceTaker.ts';
import { type BaseConfig, type baseConfig, ConfigError, parseConfig } from './config.ts';
import { consume } from './consume.ts';
import { HealthServer } from './health.ts';
import { createLogger } from './logger.ts';
import { BatchMetrics, createRegistry } from './metrics.ts';
import { Resources } from './resources.ts';
import { spaceOf } from './space.ts';

/** What a service's set-up gets; all of it is open and is closed after the service's own resources. */
export interface ServiceContext<Config extends BaseConfig = BaseConfig> {
  readonly config: Config;
  readonly logger: Logger;
  readonly database: Database;
  readonly space: QueueSpace;
  readonly clock: Clock;
  readonly registry: Registry;
  readonly resources: Resources;
  /** Aborted when the service is told to stop. */
  readonly stopping: AbortSignal;
  /** What else than its consumers has to keep moving for the service to be alive. */
  readonly watch: (watched: Watched) => void;
}

export interface Watched {
  /** How long nothing has moved although something should, in milliseconds. */
  stuckForMs(): number | Promise<number>;
}

export interface ServiceDefinition<Schema extends typeof baseConfig> {
  readonly name: string;
  readonly config: Schema;
  /** How its database is opened, beyond what its configuration says. */
  readonly database?: Pick<DatabaseOptions, 'byIndexAlone'>;
  /** Opens what only this service needs and returns its handlers; a service without a queue returns none. */
  readonly setUp: (context: ServiceContext<z.infer<Schema>>) => Promise<readonly AnyHandler[]> | readonly AnyHandler[];
}

/** A store that has not answered a ping by then counts as away: a probe must not wait longer. */
const pingMs = 2_000;

/** Longer than any transaction, call or lease: what has not moved for so long although it should is stuck. */
const stuckMs = 300_000;

/**
 * Boots a service and keeps it running until SIGTERM or SIGINT: configuration, logger, health (not ready), PostgreSQL,
 * Redis, the service's own set-up, consumers, ready. Stops in reverse, however often it is told to; what does not stop by
 * the deadline is left behind.
 */
export async function runService<Schema extends typeof baseConfig>(
  definition: ServiceDefinition<Schema>,
): Promise<void> {
  const config = readConfig(definition);
  const logger = createLogger(definition.name, config.LOG_LEVEL);
  const resources = new Resources();
  const stopping = new AbortController();
  let stopped: Promise<void> | null = null;
  const stop = (why: string, code: number): Promise<void> => {
    stopped ??= (async () => {
      logger.info({ why }, 'stopping');
      health.notReadyBecause = 'stopping';
      stopping.abort();
      setTimeout(() => {
        logger.error({ waitingFor: resources.closing }, 'did not stop by the deadline');
        process.exit(1);
      }, config.STOP_DEADLINE_MS).unref();
      await resources.close(logger);
      logger.info('stopped');
      process.exit(code);
    })();
    return stopped;
  };
  // Heard again and again: a terminal and whoever started the service may both send one, and none of them is to cut it short.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal, 0));

  const registry = createRegistry(definition.name);
  const metrics = new BatchMetrics(registry);
  let database: Database | null = null;
  const space = spaceOf(config);
  const redis = failingConnection(space);
  const watches: Watched[] = [];
  let queues: readonly string[] = [];
  const isMoving = async () => {
    const stuckFor = await Promise.all(watches.map((watch) => watch.stuckForMs()));
    return stuckFor.every((ms) => ms < stuckMs);
  };
  const unready = async () => {
    const checks = await Promise.allSettled([answers(database?.ping()), answers(answered(redis, space, queues))]);
    return ['PostgreSQL', 'Redis'].filter((_, index) => checks[index]!.status === 'rejected');
  };
  const health = new HealthServer({
    host: config.HOST,
    port: config.HEALTH_PORT,
    service: definition.name,
    registry,
    // Whoever waits for a store that is away is alive.
    live: async () => (await unready()).length > 0 || (await isMoving()),
    unready,
  });

  try {
    const healthPort = await health.listen();
    resources.add('health', () => health.close());
    resources.add('redis', () => redis.disconnect());
    database = await openDatabase({
      ...definition.database,
      url: config.DATABASE_URL,
      applicationName: `ge-${definition.name}`,
      poolSize: config.DATABASE_POOL,
    });
    resources.add('database', () => database!.close());
    const clock = await openClock(config, database, resources);
    const handlers = await definition.setUp({
      config,
      logger,
      database,
      space,
      clock,
      registry,
      resources,
      stopping: stopping.signal,
      watch: (watched) => watches.push(watched),
    });
    const context = {
      database,
      clock,
      logger,
      metrics,
      gate: new Gate(),
      stopping: stopping.signal,
      batchesInFlight: config.BATCHES_IN_FLIGHT,
      lingerMs: config.BATCH_LINGER_MS,
    };
    const consumers = await consume(handlers, context, space, config, resources);
    queues = consumers.map(({ queue }) => queue);
    await announceTaker(database, queues, resources);
    watches.push(...consumers.map((consumer) => new ConsumerWatch(space, consumer, redis)));
    health.notReadyBecause = null;
    logger.info({ healthPort }, 'ready');
  } catch (error) {
    logger.fatal({ err: error }, 'could not start');
    await stop('failed to start', 1);
  }
}

function answers(ping: Promise<unknown> | undefined): Promise<unknown> {
  const late = new Promise((_, reject) => {
    setTimeout(() => reject(new Error('no answer')), pingMs).unref();
  });
  return Promise.race([ping, late]);
}

function readConfig<Schema extends typeof baseConfig>(definition: ServiceDefinition<Schema>): z.infer<Schema> {
  try {
    return parseConfig(definition.config, process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${definition.name}: ${error.message}\n`);
    process.exit(2);
  }
}

async function openClock(config: BaseConfig, database: Database, resources: Resources): Promise<Clock> {
  if (config.CLOCK === 'system') return systemClock;
  const clock = new MovableClock(database);
  await clock.start();
  resources.add('clock', () => clock.stop());
  return clock;
}
