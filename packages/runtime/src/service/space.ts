import type { QueueSpace } from '@ge/queue';
import type { BaseConfig } from './config.ts';

/** Where the queues of a configuration are. */
export const spaceOf = (config: BaseConfig): QueueSpace => ({
  redisUrl: config.REDIS_URL,
  namespace: config.QUEUE_NAMESPACE,
  parts: config.QUEUE_PARTS,
});
