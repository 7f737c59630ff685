export { type ChromiumBinary, chromiumBinary } from './chromium-binary.ts';
export { clearLeftovers, type PassingFolder, passingFolder, stateFolder } from './fleet-folder.ts';
export { type FleetServers, type FleetServersOptions, openFleetServers, type ServerName } from './fleet-servers.ts';
export { discardFolder, endEverything, forgetProcess, isEnding, keepFolder, watchProcess } from './guard.ts';
export type { KeptServer } from './kept-server.ts';
export { type LockAttempt, lockHolder, takeLock } from './lock.ts';
export { type MailSink, type MailSinkOptions, startMailSink } from './mail-sink.ts';
export { passingFolderInMemory } from './memory-folder.ts';
export { isFree, type ReservedPort, reservePort } from './ports.ts';
export { type PostgresOptions, startPostgres } from './postgres.ts';
export { isRunning, type ProcessIdentity, startedAt } from './process-identity.ts';
export { type RedisOptions, startRedis } from './redis.ts';
export {
  type LocalRedisCluster,
  type RedisClusterNode,
  type RedisClusterOptions,
  startRedisCluster,
} from './redis-cluster.ts';
export { SetupProblem } from './setup-problem.ts';
