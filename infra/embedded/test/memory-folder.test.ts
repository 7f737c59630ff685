import { existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { passingFolderInMemory } from '../src/index.ts';
import { testFolder } from './folder.ts';

const TMPFS = 0x01_02_19_94;

test('what passes with a run lies in memory where there is room, and leaves nothing', async () => {
  const isInMemory = existsSync('/dev/shm') && statfsSync('/dev/shm').type === TMPFS;
  const project = testFolder();
  const folder = await passingFolderInMemory(project, 'run', 1);
  expect(folder.path.startsWith(project)).toBe(!isInMemory);
  expect(existsSync(`${folder.path}.mark`)).toBe(true);
  folder.discard();
  expect([folder.path, `${folder.path}.mark`].filter(existsSync)).toEqual([]);
});

test('without room in memory it lies with the project', async () => {
  const project = testFolder();
  const folder = await passingFolderInMemory(project, 'run', Number.POSITIVE_INFINITY);
  expect(dirname(folder.path)).toBe(`${project}/.ge/run`);
  folder.discard();
});
