import { writeFeedReport } from '@ge/contracts';
import { closeOpenFeeds, FeedEntity, outgoing } from '@ge/database';
import { type FeedId, givenUpProblem, giveUpFeed } from '@ge/domain';
import type { OnDead } from '@ge/runtime';

/** Ends a confirmation file whose job is dead: orders confirmed by then stay so, and its report says how far it came (R18). */
export const giveUpConfirmations: OnDead = async (tx, dead, now) => {
  const operations = new Map(
    dead.map(({ message }) => [(message.payload as { feedId?: FeedId } | null)?.feedId, message.operationId]),
  );
  const ids = [...operations.keys()].filter((id) => typeof id === 'string');
  const given = (await closeOpenFeeds(tx, ids, givenUpProblem)).map(({ feed, outcomes }) => {
    const decision = giveUpFeed(feed, 'reading', outcomes, now);
    if (!decision.ok) throw new Error(decision.refusals.map((refusal) => refusal.code).join(', '));
    return { ...feed, ...decision.value };
  });
  await tx.update(FeedEntity, given, ['state', 'settledRows', 'counts', 'fatalCode', 'endedAt']);
  return given.map(({ id: feedId, sellerId }) => {
    const operationId = operations.get(feedId) ?? null;
    return outgoing(writeFeedReport, { payload: { feedId, sellerId }, sellerId, operationId });
  });
};
