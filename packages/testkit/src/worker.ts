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

export interface TestWorker {
  stop(): Promise<void>;
}

/** Runs handlers in this process, exactly as a service would, until it is stopped. */
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
  return {
    stop: async () => {
      stopping.abort();
      await resources.close(logger);
    },
  };
}
