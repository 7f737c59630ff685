import type { Database } from '@ge/database';
import type { QueueSpace } from '@ge/queue';
import {
  type AnyHandler,
  BatchMetrics,
  baseConfig,
  type Clock,
  consume,
  createLogger,
  createRegistry,
  Gate,
  Resources,
  systemClock,
} from '@ge/runtime';
import { endsBefore } from './testDatabase.ts';

export interface TestWorker {
  stop(): Promise<void>;
  /** Resolves when it has stopped, whoever stopped it. */
  readonly ended: Promise<void>;
}

/** Runs handlers in this process, exactly as a service would, until it is stopped or its test database goes. */
export async function startWorker(
  handlers: readonly AnyHandler[],
  options: {
    readonly database: Database;
    readonly databaseUrl: string;
    readonly space: QueueSpace;
    readonly clock?: Clock;
    readonly env?: Readonly<Record<string, string>>;
  },
): Promise<TestWorker> {
  const config = baseConfig.parse({
    DATABASE_URL: options.databaseUrl,
    REDIS_URL: options.space.redisUrl,
    QUEUE_NAMESPACE: options.space.namespace,
    LOG_LEVEL: 'error',
    JOB_LOCK_MS: '2000',
    ...options.env,
  });
  const resources = new Resources();
  const stopping = new AbortController();
  const logger = createLogger('test-worker', config.LOG_LEVEL);
  const context = {
    database: options.database,
    clock: options.clock ?? systemClock,
    logger,
    metrics: new BatchMetrics(createRegistry('test-worker')),
    gate: new Gate(),
    stopping: stopping.signal,
    batchesInFlight: config.BATCHES_IN_FLIGHT,
    lingerMs: config.BATCH_LINGER_MS,
  };
  await consume(handlers, context, options.space, config, resources);
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const stop = async () => {
    if (!stopping.signal.aborted) {
      stopping.abort();
      void resources.close(logger).then(resolve);
    }
    await ended;
  };
  endsBefore(options.database, stop);
  return { stop, ended };
}
