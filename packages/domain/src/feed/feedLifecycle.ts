import type { DocumentId } from '../identity/ids.ts';
import { accept, type Decision, refuse } from '../refusal/refusal.ts';
import type { Feed, FeedCounts, FeedProblem, FeedState } from './feed.ts';
import { countsBalance, noCounts, sumCounts } from './feedCounts.ts';
import { feedRefusals } from './feedRefusals.ts';

/** Every change of state a feed may make; DONE, CANCELLED and FATAL are final. */
export const feedTransitions: Readonly<Record<FeedState, readonly FeedState[]>> = {
  IN_QUEUE: ['IN_PROGRESS', 'CANCELLED', 'FATAL'],
  IN_PROGRESS: ['DONE', 'CANCELLED', 'FATAL'],
  DONE: [],
  CANCELLED: [],
  FATAL: [],
};

const wrongState = (feed: Feed, next: FeedState) =>
  refuse(feedRefusals.refusal('feed.wrong_state', '', { state: feed.state, next }));

/** A new feed waits; `commandNo` is its place among the seller's commands. */
export const queueFeed = (
  given: Pick<Feed, 'id' | 'sellerId' | 'type' | 'commandNo' | 'documentId'> &
    Partial<Pick<Feed, 'dryRun' | 'revertsFeedId' | 'fileBytes'>>,
  now: Date,
): Feed => ({
  dryRun: false,
  revertsFeedId: null,
  fileBytes: 0,
  ...given,
  state: 'IN_QUEUE',
  reportDocumentId: null,
  readBytes: 0,
  stagedRows: 0,
  settledRows: 0,
  counts: null,
  fatalCode: null,
  createdAt: now,
  startedAt: null,
  endedAt: null,
});

export function startFeed(feed: Feed, now: Date): Decision<Feed> {
  if (!feedTransitions[feed.state].includes('IN_PROGRESS')) return wrongState(feed, 'IN_PROGRESS');
  return accept({ ...feed, state: 'IN_PROGRESS', startedAt: now, counts: noCounts });
}

/** At any time before its end. What was applied stays; its open rows are closed by whoever would have gone on with them. */
export function cancelFeed(feed: Feed, now: Date): Decision<Feed> {
  if (!feedTransitions[feed.state].includes('CANCELLED')) {
    return refuse(feedRefusals.refusal('feed.not_cancellable', '', { state: feed.state }));
  }
  return accept({ ...feed, state: 'CANCELLED', endedAt: now, counts: feed.counts ?? noCounts });
}

/** The open rows of a cancelled feed were not attempted. `outcomes` counts all rows read. */
export function closeCancelledFeed(feed: Feed, outcomes: FeedCounts): Decision<Feed> {
  if (feed.state !== 'CANCELLED') return wrongState(feed, 'CANCELLED');
  if (!countsBalance(outcomes) || outcomes.processed !== feed.stagedRows) {
    return refuse(feedRefusals.refusal('feed.rows_unsettled', '', { open: feed.stagedRows - outcomes.processed }));
  }
  return accept({ ...feed, settledRows: feed.stagedRows, counts: outcomes });
}

/** What the report says of a feed that was cancelled. */
export const cancelledProblem: FeedProblem = { code: 'GE-15045', severity: 'error', params: {} };

/** So many more rows stand in staging, and the file is read up to this byte. */
export function stageRows(feed: Feed, rows: number, readBytes = 0): Decision<Feed> {
  if (feed.state !== 'IN_PROGRESS') return wrongState(feed, 'IN_PROGRESS');
  return accept({ ...feed, stagedRows: feed.stagedRows + rows, readBytes: Math.max(feed.readBytes, readBytes) });
}

/** The outcomes of one slice are added; both row numbers only grow. */
export function settleRows(feed: Feed, slice: FeedCounts): Decision<Feed> {
  if (feed.state !== 'IN_PROGRESS') return wrongState(feed, 'IN_PROGRESS');
  const settledRows = feed.settledRows + slice.processed;
  if (!countsBalance(slice) || settledRows > feed.stagedRows) {
    return refuse(feedRefusals.refusal('feed.rows_unsettled', '', { open: feed.stagedRows - feed.settledRows }));
  }
  return accept({ ...feed, settledRows, counts: sumCounts(feed.counts ?? noCounts, slice) });
}

/** Closes a feed once every row has its outcome; its report tells of each. */
export function finishFeed(feed: Feed, reportDocumentId: DocumentId | null, now: Date): Decision<Feed> {
  if (!feedTransitions[feed.state].includes('DONE')) return wrongState(feed, 'DONE');
  if (feed.settledRows !== feed.stagedRows) {
    return refuse(feedRefusals.refusal('feed.rows_unsettled', '', { open: feed.stagedRows - feed.settledRows }));
  }
  return accept({ ...feed, state: 'DONE', reportDocumentId, endedAt: now });
}

/** Who gave a feed up: whoever reads its file, applies its rows, or writes its report. */
export type FeedStep = 'reading' | 'applying' | 'reporting';

/**
 * Gives a feed up whose job will never run again, so that the seller's next one need not wait (R15). `outcomes` counts all
 * rows read, those left open as `not_attempted`; what was applied stays. A file of which nothing was settled and that cannot
 * be read on makes the feed FATAL; otherwise it is left to its report to be DONE, and DONE without one where that is what failed.
 */
export function giveUpFeed(feed: Feed, step: FeedStep, outcomes: FeedCounts, now: Date): Decision<Feed> {
  const fails = feed.state === 'IN_QUEUE' || (step === 'reading' && feed.settledRows === 0);
  const next = fails ? 'FATAL' : 'DONE';
  if (!feedTransitions[feed.state].includes(next)) return wrongState(feed, next);
  if (!countsBalance(outcomes) || outcomes.processed !== feed.stagedRows) {
    return refuse(feedRefusals.refusal('feed.rows_unsettled', '', { open: feed.stagedRows - outcomes.processed }));
  }
  const settled: Feed = { ...feed, settledRows: feed.stagedRows, counts: outcomes };
  if (fails) return accept({ ...settled, state: 'FATAL', fatalCode: givenUpProblem.code, endedAt: now });
  return step === 'reporting' ? finishFeed(settled, null, now) : accept(settled);
}

/** What the report says of a feed that was given up. */
export const givenUpProblem: FeedProblem = { code: 'GE-15035', severity: 'error', params: {} };

/** Aborts a feed: what was applied stays, every other row read so far is `not_attempted`. */
export function failFeed(
  feed: Feed,
  fatalCode: string,
  reportDocumentId: DocumentId | null,
  now: Date,
): Decision<Feed> {
  if (!feedTransitions[feed.state].includes('FATAL')) return wrongState(feed, 'FATAL');
  const open = feed.stagedRows - feed.settledRows;
  return accept({
    ...feed,
    state: 'FATAL',
    fatalCode,
    reportDocumentId,
    settledRows: feed.stagedRows,
    counts: sumCounts(feed.counts ?? noCounts, { ...noCounts, processed: open, notAttempted: open }),
    endedAt: now,
  });
}
