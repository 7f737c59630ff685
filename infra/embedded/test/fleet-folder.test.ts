import { existsSync, mkdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { passingFolder } from '../src/index.ts';
import { testFolder } from './folder.ts';

test('a passing folder whose removal was broken off is removed by a later run, one that is just being made stays', async () => {
  const state = testFolder();
  const [halfGone, justMade] = ['demo-gone', 'demo-made'].map((name) => join(state, 'run', name)) as [string, string];
  for (const folder of [halfGone, justMade]) mkdirSync(join(folder, 'postgres'), { recursive: true });
  utimesSync(halfGone, 0, 0);
  const own = await passingFolder(state, 'demo');
  expect([halfGone, justMade, own.path].map(existsSync)).toEqual([false, true, true]);
  own.discard();
  expect(existsSync(own.path)).toBe(false);
});
