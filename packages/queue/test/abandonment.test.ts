import { expect, test } from 'vitest';
import { Abandonment } from '../src/abandonment.ts';

const job = (id: string, attemptsStarted: number, stalledCounter: number, timestamp = 1) => ({
  id,
  timestamp,
  attemptsStarted,
  stalledCounter,
});

test('a job is a suspect where whoever had it before was not this worker, and stays one for it', () => {
  const known = new Abandonment(10);
  expect(known.isSuspect(job('own', 1, 0))).toBe(false);
  expect(known.isSuspect(job('own', 2, 1))).toBe(false);
  expect(known.isSuspect(job('own', 3, 2))).toBe(false);
  expect(known.isSuspect(job('foreign', 2, 1))).toBe(true);
  expect(known.isSuspect(job('foreign', 3, 1))).toBe(true);
  expect(known.isSuspect(job('own', 5, 4)), 'somebody had it in between').toBe(true);
  expect(known.isSuspect(job('own', 6, 4))).toBe(true);
});

test('a job that was sent anew under the same id is another one', () => {
  const known = new Abandonment(10);
  known.isSuspect(job('again', 1, 0, 1));
  expect(known.isSuspect(job('again', 2, 1, 2))).toBe(true);
});

test('what was forgotten is a suspect', () => {
  const known = new Abandonment(2);
  for (const id of ['a', 'b', 'c']) known.isSuspect(job(id, 1, 0));
  expect(['a', 'b', 'c'].map((id) => known.isSuspect(job(id, 2, 1)))).toEqual([true, false, false]);
});
