import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isRunning, lockHolder, startedAt, takeLock } from '../src/index.ts';
import { testFolder } from './folder.ts';

test('a lock has one holder until it is released', () => {
  const folder = testFolder();
  const file = join(folder, 'some.lock');
  const first = takeLock(file);
  expect(first.taken).toBe(true);
  expect(takeLock(file)).toMatchObject({ taken: false, heldBy: { pid: process.pid } });
  expect(lockHolder(file)?.pid).toBe(process.pid);
  if (first.taken) first.release();
  expect(lockHolder(file)).toBeUndefined();
  expect(takeLock(file).taken).toBe(true);
  expect(readdirSync(folder)).toEqual(['some.lock']);
});

test('a lock whose holder was killed is taken over', () => {
  const folder = testFolder();
  const file = join(folder, 'some.lock');
  const dead = spawnSync(process.execPath, ['-e', '']);
  writeFileSync(file, JSON.stringify({ pid: dead.pid, started: '1' }));
  expect(lockHolder(file)).toBeUndefined();
  expect(takeLock(file).taken).toBe(true);
  expect(readdirSync(folder)).toEqual(['some.lock']);
});

test('a process number that now belongs to another process does not hold the lock', () => {
  const file = join(testFolder(), 'some.lock');
  writeFileSync(file, JSON.stringify({ pid: process.pid, started: 'long ago' }));
  expect(takeLock(file).taken).toBe(true);
});

test('an unreadable lock file does not block for ever', () => {
  const file = join(testFolder(), 'some.lock');
  writeFileSync(file, 'half a');
  expect(takeLock(file).taken).toBe(true);
});

test('a process is told apart from a later one by when it started', () => {
  const started = startedAt(process.pid) ?? '';
  expect(started).not.toBe('');
  expect(isRunning({ pid: process.pid, started })).toBe(true);
  expect(isRunning({ pid: process.pid, started: `${started}0` })).toBe(false);
});
