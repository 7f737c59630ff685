import { existsSync, mkdirSync, readdirSync, utimesSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { clearLeftovers, passingFolder } from '../src/index.ts';
import { testFolder } from './folder.ts';
import { startOwner } from './owner.ts';
import { toolsDir } from './tools.ts';
import { hasEnded } from './wait.ts';

test('a passing folder leaves nothing when it is discarded', async () => {
  const state = testFolder();
  const { path, discard } = await passingFolder(state, 'demo');
  expect(readdirSync(dirname(path))).toEqual([basename(path), `${basename(path)}.mark`]);
  discard();
  expect(readdirSync(dirname(path))).toEqual([]);
});

test('a folder whose maker was killed before it was marked is removed by a later run, one just being made stays', async () => {
  const state = testFolder();
  const [old, justMade] = ['demo-old', 'demo-made'].map((name) => join(state, 'run', name)) as [string, string];
  for (const folder of [old, justMade]) mkdirSync(join(folder, 'postgres'), { recursive: true });
  utimesSync(old, 0, 0);
  const own = await passingFolder(state, 'demo');
  expect([old, justMade, own.path].map(existsSync)).toEqual([false, true, true]);
  own.discard();
});

test('what a killed program left is gone once leftovers are cleared, though its guard is still at it', async () => {
  const state = testFolder();
  const owner = await startOwner(state, toolsDir);
  owner.child.kill('SIGKILL');
  while (!hasEnded(owner.child.pid ?? 0)) await new Promise((resolve) => setTimeout(resolve, 1));
  await clearLeftovers(state);
  expect([owner.postgres.pid, owner.redis.pid].map(hasEnded)).toEqual([true, true]);
  expect(readdirSync(join(state, 'run'))).toEqual([]);
});
