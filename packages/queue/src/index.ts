export * from './connection.ts';
export * from './consumer.ts';
export * from './consumerWatch.ts';
export * from './direct.ts';
export * from './inspect.ts';
export * from './limits.ts';
export * from './pointer.ts';
export * from './sender.ts';
