import { expect, test } from 'vitest';
import { type FeedSoFar, feedProgress, rowsInWords } from '../src/feed/feedProgress.ts';

const feed = (state: FeedSoFar['state'], stagedRows: number, settledRows: number): FeedSoFar => ({
  state,
  stagedRows,
  settledRows,
});

test('reading is half of the way and outcomes the other; a file that does not say how long it is has no bar at first', () => {
  expect(rowsInWords(feed('IN_QUEUE', 0, 0), 100)).toBe('waiting for its turn');
  expect(rowsInWords(feed('IN_PROGRESS', 50, 0), 100)).toContain(' 25 %');
  expect(rowsInWords(feed('IN_PROGRESS', 100, 50), 100)).toContain(' 75 %');
  expect(rowsInWords(feed('IN_PROGRESS', 1_000, 0), null)).toBe('1,000 rows read, 0 have their outcome');
  expect(rowsInWords(feed('IN_PROGRESS', 1_000, 500), null)).toContain(' 75 %');
  expect(rowsInWords(feed('DONE', 120, 120), 100)).toContain(' 100 %');
});

test('without a terminal there is a line for each state and no bar', () => {
  const told: string[] = [];
  const line = { tell: (text: string) => void told.push(text), now: () => undefined, end: () => undefined };
  const progress = feedProgress(line, {}, 100);
  for (const [state, rows] of [
    ['IN_QUEUE', 0],
    ['IN_PROGRESS', 50],
    ['IN_PROGRESS', 60],
    ['DONE', 100],
  ] as const)
    progress.rows(feed(state, rows, rows));
  expect(told.map((text) => text.split(' ')[0])).toEqual(['IN_QUEUE', 'IN_PROGRESS', 'DONE']);
  expect(told.join()).not.toContain('█');
});
