import type { FeedCounts, FeedRowOutcome } from './feed.ts';

export const noCounts: FeedCounts = {
  processed: 0,
  applied: 0,
  unchanged: 0,
  superseded: 0,
  rejected: 0,
  notAttempted: 0,
};

const countOf: Readonly<Record<FeedRowOutcome, Exclude<keyof FeedCounts, 'processed'>>> = {
  applied: 'applied',
  unchanged: 'unchanged',
  superseded: 'superseded',
  rejected: 'rejected',
  not_attempted: 'notAttempted',
};

/** Counts of one slice; `processed` is their sum. */
export function countOutcomes(outcomes: Iterable<FeedRowOutcome>): FeedCounts {
  return tallyOutcomes([...outcomes].map((outcome) => ({ outcome, count: 1 })));
}

/** Adds up rows that were counted by outcome elsewhere. */
export function tallyOutcomes(
  tallies: Iterable<{ readonly outcome: FeedRowOutcome; readonly count: number }>,
): FeedCounts {
  const counts = { ...noCounts };
  for (const { outcome, count } of tallies) {
    counts[countOf[outcome]] += count;
    counts.processed += count;
  }
  return counts;
}

export const sumCounts = (a: FeedCounts, b: FeedCounts): FeedCounts => ({
  processed: a.processed + b.processed,
  applied: a.applied + b.applied,
  unchanged: a.unchanged + b.unchanged,
  superseded: a.superseded + b.superseded,
  rejected: a.rejected + b.rejected,
  notAttempted: a.notAttempted + b.notAttempted,
});

/** The invariant of every report: each row has exactly one outcome. */
export const countsBalance = (counts: FeedCounts): boolean =>
  counts.processed === counts.applied + counts.unchanged + counts.superseded + counts.rejected + counts.notAttempted;
