import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pidIn, stopStale } from './stale-server.ts';

/** Stops a Redis that a killed run left behind in this folder. */
export async function stopStaleRedis(folder: string): Promise<void> {
  const pidFile = join(folder, 'redis.pid');
  const pid = pidIn(pidFile);
  if (pid === undefined) return;
  await stopStale(pid, join(folder, 'redis.conf'), 'SIGTERM');
  rmSync(pidFile, { force: true });
}
