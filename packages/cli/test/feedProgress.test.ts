import { expect, test } from 'vitest';
import { type FeedSoFar, feedProgress, rowsInWords } from '../src/feed/feedProgress.ts';

const feed = (state: FeedSoFar['state'], readBytes: number, stagedRows: number, settledRows: number): FeedSoFar => ({
  ...{ state, fileBytes: 2_000, readBytes, stagedRows, settledRows },
});

test('reading is half of the way and outcomes the other; without bytes that say how far it is there is no bar', () => {
  expect(rowsInWords(feed('IN_QUEUE', 0, 0, 0))).toBe('waiting for its turn');
  expect(rowsInWords(feed('IN_PROGRESS', 1_000, 50, 0))).toMatch(/ 25 % .*\(1\.0 kB of 2\.0 kB\)$/);
  expect(rowsInWords(feed('IN_PROGRESS', 2_000, 100, 50))).toMatch(/ 75 % {2}100 rows read, 50 have their outcome$/);
  expect(rowsInWords(feed('IN_PROGRESS', 0, 1_000, 0))).toBe('1,000 rows read, 0 have their outcome');
  expect(rowsInWords(feed('DONE', 2_000, 120, 120))).toContain(' 100 %');
});

test('without a terminal there is a line for each state and no bar', () => {
  const told: string[] = [];
  const line = { tell: (text: string) => void told.push(text), now: () => undefined, end: () => undefined };
  const progress = feedProgress(line, {});
  for (const [state, rows] of [
    ['IN_QUEUE', 0],
    ['IN_PROGRESS', 50],
    ['IN_PROGRESS', 60],
    ['DONE', 100],
  ] as const)
    progress.rows(feed(state, 20 * rows, rows, rows));
  expect(told.map((text) => text.split(' ')[0])).toEqual(['IN_QUEUE', 'IN_PROGRESS', 'DONE']);
  expect(told.join()).not.toContain('█');
});
