import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { stopStale } from './stale-server.ts';

/** Stops a Redis that a killed run left behind in this folder. */
export async function stopStaleRedis(folder: string): Promise<void> {
  const pidFile = join(folder, 'redis.pid');
  if (!existsSync(pidFile)) return;
  await stopStale(Number(readFileSync(pidFile, 'utf8')), join(folder, 'redis.conf'), 'SIGTERM');
  rmSync(pidFile, { force: true });
}
