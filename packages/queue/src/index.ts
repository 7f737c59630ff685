export type { Bucket, Grant } from './bucket.ts';
export type { BucketSize } from './bucketRules.ts';
export * from './bundle.ts';
export * from './checkRedis.ts';
export {
  answered,
  connected,
  connectionOfCounters,
  failingConnection,
  prefixOf,
  type QueueConnection,
  type QueueSpace,
  waitingConnection,
} from './connection.ts';
export * from './consumer.ts';
export * from './consumerWatch.ts';
export * from './direct.ts';
export * from './inspect.ts';
export * from './limits.ts';
export * from './parts.ts';
export * from './pointer.ts';
export * from './redisAddress.ts';
export * from './sender.ts';
export * from './windowSize.ts';
