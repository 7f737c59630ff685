import { randomInt } from 'node:crypto';
import { readdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { migrate, openDatabase } from '@ge/database';
import { type KeptServer, startPostgres, startRedis } from '@ge/embedded';
import { runFolder, toolsDir } from './runFolder.ts';

/** Where nobody looks for a free port: while this Redis is stopped, its port is nobody's. */
const outOfTheWay = [20_000, 30_000] as const;

/** A PostgreSQL and a Redis that a test has to itself, to be stopped and damaged as it likes. */
export async function openOwnServers(applicationName = 'ge-chaos') {
  const folder = await runFolder();
  const redisFolder = join(folder.path, 'redis');
  const startOwnRedis = (port: number) => startRedis({ dataDir: redisFolder, toolsDir, port });
  const [postgres, firstRedis] = await Promise.all([
    startPostgres({ dataDir: join(folder.path, 'postgres'), durable: false }),
    startOwnRedis(randomInt(...outOfTheWay)),
  ]);
  await migrate(postgres.url);
  const database = await openDatabase({ url: postgres.url, applicationName, poolSize: 4 });
  let redis: KeptServer = firstRedis;
  return {
    database,
    databaseUrl: postgres.url,
    redisUrl: redis.url,
    /** `SIGINT`: a fast shutdown, `SIGQUIT`: an immediate one. Resolves when PostgreSQL answers again. */
    restartPostgres: async (signal: 'SIGINT' | 'SIGQUIT'): Promise<void> => {
      const ended = postgres.ended();
      postgres.signal(signal);
      await ended;
      await postgres.ready();
    },
    stopRedis: () => redis.close(),
    /** At the same port, on what is left of its data. */
    startRedis: async (): Promise<void> => {
      const { port } = redis;
      redis = await startOwnRedis(port);
      if (redis.port !== port) throw new Error(`somebody took port ${port} in the meantime`);
    },
    /** Takes bytes off the end of what the stopped Redis wrote last. Returns how many there are left. */
    cutTail: (bytes: number): number => {
      const files = join(redisFolder, 'appendonlydir');
      const name = readdirSync(files)
        .filter((file) => file.endsWith('.incr.aof'))
        .sort((one, other) => Number(one.split('.')[2]) - Number(other.split('.')[2]))
        .at(-1)!;
      const left = Math.max(0, statSync(join(files, name)).size - bytes);
      truncateSync(join(files, name), left);
      return left;
    },
    close: async (): Promise<void> => {
      await database.close();
      await Promise.all([postgres.close(), redis.close()]);
      folder.discard();
    },
  };
}
