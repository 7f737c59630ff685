import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cancelFeed,
  closeCancelledFeed,
  countOutcomes,
  countsBalance,
  type DocumentId,
  type Feed,
  type FeedId,
  failFeed,
  feedTransitions,
  finishFeed,
  giveUpFeed,
  noCounts,
  queueFeed,
  settleRows,
  stageRows,
  startFeed,
  sumCounts,
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

  test('can be cancelled until it has ended; what was applied stays and what was open was not attempted', () => {
    expect(granted(cancelFeed(queued, aMoment))).toMatchObject({ state: 'CANCELLED', counts: noCounts });
    const half = granted(settleRows(granted(stageRows(running, 3)), countOutcomes(['applied'])));
    const cancelled = granted(cancelFeed(half, aMoment));
    expect(cancelled).toMatchObject({ state: 'CANCELLED', endedAt: aMoment, counts: { processed: 1, applied: 1 } });
    const outcomes = countOutcomes(['applied', 'rejected', 'not_attempted']);
    expect(granted(closeCancelledFeed(cancelled, outcomes))).toMatchObject({ settledRows: 3, counts: outcomes });
    expect(codesOf(closeCancelledFeed(cancelled, countOutcomes(['applied'])))).toEqual(['feed.rows_unsettled']);
    expect(codesOf(closeCancelledFeed(half, outcomes))).toEqual(['feed.wrong_state']);
    for (const ended of [cancelled, granted(finishFeed(running, report, aMoment))])
      expect(codesOf(cancelFeed(ended, aMoment))).toEqual(['feed.not_cancellable']);
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

  test('that is given up keeps what was applied, counts the rest as not attempted and is left to its report', () => {
    const half = granted(settleRows(granted(stageRows(running, 5)), countOutcomes(['applied', 'unchanged'])));
    const outcomes = countOutcomes(['applied', 'unchanged', 'not_attempted', 'not_attempted', 'rejected']);
    for (const step of ['reading', 'applying'] as const) {
      const given = granted(giveUpFeed(half, step, outcomes, aMoment));
      expect(given).toMatchObject({ state: 'IN_PROGRESS', settledRows: 5, counts: { applied: 1, notAttempted: 2 } });
      expect(granted(finishFeed(given, report, aMoment)).state).toBe('DONE');
    }
    expect(granted(giveUpFeed(half, 'reporting', outcomes, aMoment))).toMatchObject({
      state: 'DONE',
      endedAt: aMoment,
    });
    expect(codesOf(giveUpFeed(half, 'applying', countOutcomes(['applied']), aMoment))).toEqual(['feed.rows_unsettled']);
  });

  test('that is given up before anything of its file was settled is FATAL; one whose rows cannot be applied is not', () => {
    expect(granted(giveUpFeed(queued, 'reading', noCounts, aMoment))).toMatchObject({
      state: 'FATAL',
      endedAt: aMoment,
    });
    const staged = granted(stageRows(running, 2));
    const outcomes = countOutcomes(['not_attempted', 'rejected']);
    expect(granted(giveUpFeed(staged, 'reading', outcomes, aMoment))).toMatchObject({
      state: 'FATAL',
      counts: outcomes,
    });
    expect(granted(giveUpFeed(staged, 'applying', outcomes, aMoment))).toMatchObject({ state: 'IN_PROGRESS' });
    expect(codesOf(giveUpFeed(granted(cancelFeed(queued, aMoment)), 'reading', noCounts, aMoment))).toEqual([
      'feed.wrong_state',
    ]);
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
      ...(['reading', 'applying', 'reporting'] as const).map((at) =>
        step((feed) => {
          const open = feed.stagedRows - feed.settledRows;
          const rest = { ...noCounts, processed: open, notAttempted: open };
          return giveUpFeed(feed, at, sumCounts(feed.counts ?? noCounts, rest), aMoment);
        }),
      ),
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
