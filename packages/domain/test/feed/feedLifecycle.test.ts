import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cancelFeed,
  countOutcomes,
  countsBalance,
  type DocumentId,
  type Feed,
  type FeedId,
  failFeed,
  feedTransitions,
  finishFeed,
  queueFeed,
  settleRows,
  stageRows,
  startFeed,
} from '../../src/index.ts';
import { sellerId } from '../builders/aSeller.ts';
import { aMoment } from '../builders/moments.ts';
import { codesOf, granted } from '../builders/refused.ts';

const report = 'doc_report' as DocumentId;
const queued = queueFeed(
  { id: 'fd_1' as FeedId, sellerId, type: 'inventory-loader', commandNo: 3, documentId: 'doc_1' as DocumentId },
  aMoment,
);
const running = granted(startFeed(queued, aMoment));

describe('a feed', () => {
  test('goes through the queue to DONE with every row accounted for', () => {
    const staged = granted(stageRows(running, 3));
    expect(codesOf(finishFeed(staged, report, aMoment))).toEqual(['feed.rows_unsettled']);
    const settled = granted(settleRows(staged, countOutcomes(['applied', 'rejected', 'superseded'])));
    const done = granted(finishFeed(settled, report, aMoment));
    expect(done).toMatchObject({ state: 'DONE', reportDocumentId: report, counts: { processed: 3, applied: 1 } });
  });

  test('can be cancelled in the queue only', () => {
    expect(granted(cancelFeed(queued, aMoment)).state).toBe('CANCELLED');
    expect(codesOf(cancelFeed(running, aMoment))).toEqual(['feed.not_cancellable']);
  });

  test('that is aborted keeps what was applied and counts the rest as not attempted', () => {
    const half = granted(settleRows(granted(stageRows(running, 5)), countOutcomes(['applied', 'unchanged'])));
    const fatal = granted(failFeed(half, 'file_truncated', report, aMoment));
    expect(fatal).toMatchObject({ state: 'FATAL', settledRows: 5, fatalCode: 'file_truncated' });
    expect(fatal.counts).toEqual({
      processed: 5,
      applied: 1,
      unchanged: 1,
      superseded: 0,
      rejected: 0,
      notAttempted: 3,
    });
  });

  test('never settles more rows than it has read', () => {
    const staged = granted(stageRows(running, 1));
    expect(codesOf(settleRows(staged, countOutcomes(['applied', 'applied'])))).toEqual(['feed.rows_unsettled']);
  });

  test('moves only along its table, keeps its counts balanced and never leaves an end state', () => {
    type Step = (feed: Feed) => Feed;
    const step =
      (decide: (feed: Feed) => ReturnType<typeof startFeed>): Step =>
      (feed) => {
        const decision = decide(feed);
        return decision.ok ? decision.value : feed;
      };
    const steps: readonly Step[] = [
      step((feed) => startFeed(feed, aMoment)),
      step((feed) => cancelFeed(feed, aMoment)),
      step((feed) => stageRows(feed, 2)),
      step((feed) => settleRows(feed, countOutcomes(['applied']))),
      step((feed) => finishFeed(feed, null, aMoment)),
      step((feed) => failFeed(feed, 'x', null, aMoment)),
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...steps), { maxLength: 30 }), (sequence) => {
        let feed: Feed = queued;
        for (const next of sequence) {
          const after = next(feed);
          if (after.state !== feed.state) expect(feedTransitions[feed.state]).toContain(after.state);
          if (feedTransitions[feed.state].length === 0) expect(after).toEqual(feed);
          expect(after.settledRows).toBeLessThanOrEqual(after.stagedRows);
          if (after.counts) {
            expect(countsBalance(after.counts)).toBe(true);
            expect(after.counts.processed).toBe(after.settledRows);
          }
          feed = after;
        }
      }),
    );
  });
});
