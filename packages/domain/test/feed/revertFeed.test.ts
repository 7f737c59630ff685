import { describe, expect, test } from 'vitest';
import {
  cancelFeed,
  countOutcomes,
  type DocumentId,
  type FeedId,
  finishFeed,
  queueFeed,
  revertFeed,
  settleRows,
  stageRows,
  startFeed,
  tryableFeed,
} from '../../src/index.ts';
import { sellerId } from '../builders/aSeller.ts';
import { aMoment } from '../builders/moments.ts';
import { codesOf, granted } from '../builders/refused.ts';

const made = (more: object = {}) =>
  queueFeed(
    {
      ...{ id: 'fd_1' as FeedId, sellerId, type: 'inventory-loader', commandNo: 3, documentId: 'doc_1' as DocumentId },
      ...more,
    },
    aMoment,
  );
const settled = (outcome: 'applied' | 'rejected', more: object = {}) =>
  granted(settleRows(granted(stageRows(granted(startFeed(made(more), aMoment)), 1)), countOutcomes([outcome])));
const given = { id: 'fd_2' as FeedId, commandNo: 9, dryRun: false };

describe('a revert', () => {
  test('is a feed in its own place that names the one it takes back', () => {
    const ended = granted(finishFeed(settled('applied'), null, aMoment));
    expect(granted(revertFeed(ended, given, aMoment))).toMatchObject({
      ...{ ...given, sellerId, revertsFeedId: 'fd_1', state: 'IN_QUEUE', documentId: 'doc_1' },
    });
    expect(granted(revertFeed(granted(cancelFeed(settled('applied'), aMoment)), given, aMoment)).revertsFeedId).toBe(
      'fd_1',
    );
  });

  test('is refused for what has not ended, changed nothing, was tried out only, or confirmed shipments', () => {
    const refusedFor = (feed: Parameters<typeof revertFeed>[0]) => codesOf(revertFeed(feed, given, aMoment));
    expect(refusedFor(settled('applied'))).toEqual(['feed.not_revertible']);
    for (const more of [{ dryRun: true }, { type: 'shipping-confirmation' }])
      expect(refusedFor(granted(finishFeed(settled('applied', more), null, aMoment)))).toEqual(['feed.not_revertible']);
    expect(refusedFor(granted(finishFeed(settled('rejected'), null, aMoment)))).toEqual(['feed.nothing_to_revert']);
  });
});

test('a file that confirms shipments is never a dry run', () => {
  expect(codesOf(tryableFeed('shipping-confirmation-xml', true))).toEqual(['feed.no_dry_run']);
  expect(granted(tryableFeed('shipping-confirmation', false))).toBe('shipping-confirmation');
  expect(granted(tryableFeed('listings-json', true))).toBe('listings-json');
});
