import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openFleetServers, passingFolder } from '../src/index.ts';
import { commandLine } from '../src/process-identity.ts';
import { testFolder } from './folder.ts';
import { startOwner } from './owner.ts';
import { toolsDir } from './tools.ts';
import { answers, hasEnded, until } from './wait.ts';

const env = { PATH: process.env.PATH };

test('when the program is killed its servers end and its folder disappears', async () => {
  const owner = await startOwner(testFolder(), toolsDir);
  owner.child.kill('SIGKILL');
  await until(() => hasEnded(owner.postgres.pid) && hasEnded(owner.redis.pid));
  await until(() => !existsSync(owner.dataDir));
  expect(await answers(owner.postgres.port)).toBe(false);
});

test('servers left behind by a killed program and guard are stopped by the next run', async () => {
  const state = testFolder();
  const owner = await startOwner(state, toolsDir);
  await killWithGuard(owner.child.pid ?? 0);
  expect(await answers(owner.postgres.port)).toBe(true);
  const folder = await passingFolder(state, 'next');
  expect(hasEnded(owner.postgres.pid)).toBe(true);
  expect(hasEnded(owner.redis.pid)).toBe(true);
  expect(existsSync(owner.dataDir)).toBe(false);
  folder.discard();
});

test('data survives a kill of everything, and the next fleet on the folder takes over from what still runs', async () => {
  const dataDir = join(testFolder(), 'fleet');
  const owner = await startOwner('', toolsDir, dataDir);
  await killWithGuard(owner.child.pid ?? 0);
  const servers = await openFleetServers({ dataDir, toolsDir, only: ['postgres', 'redis'], durable: false, env });
  expect(hasEnded(owner.postgres.pid)).toBe(true);
  expect(hasEnded(owner.redis.pid)).toBe(true);
  expect(servers.postgres?.pid).not.toBe(owner.postgres.pid);
  expect(await answers(servers.postgres?.port ?? 0)).toBe(true);
  await servers.close();
});

/** Kills a program together with the guard that would end its servers: the worst that can happen to it. */
async function killWithGuard(pid: number): Promise<void> {
  const guard = childrenOf(pid).find((child) => commandLine(child).includes('guard.sh')) ?? 0;
  expect(guard).toBeGreaterThan(1);
  process.kill(guard, 'SIGKILL');
  process.kill(pid, 'SIGKILL');
  await until(() => hasEnded(pid) && hasEnded(guard));
}

function childrenOf(pid: number): number[] {
  const listed = existsSync('/proc/self/task')
    ? readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    : spawnSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' }).stdout;
  return listed.split(/\s+/).filter(Boolean).map(Number);
}
