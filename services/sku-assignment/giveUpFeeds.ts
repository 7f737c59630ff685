import { writeFeedReport } from '@ge/contracts';
import { closeOpenFeeds, FeedEntity, outgoing } from '@ge/database';
import { type FeedId, type FeedStep, givenUpProblem, giveUpFeed } from '@ge/domain';
import type { OnDead } from '@ge/runtime';

/** Ends the feeds whose job is dead, so that the seller's next feed need not wait, and has their reports written (R15). */
export const giveUpFeeds =
  (step: FeedStep): OnDead =>
  async (tx, dead, now) => {
    const messages = new Map(dead.map(({ message }) => [feedIdOf(message.payload), message]));
    const closed = await closeOpenFeeds(tx, [...messages.keys()], givenUpProblem);
    const given = closed.map(({ feed, outcomes }) => {
      const decision = giveUpFeed(feed, step, outcomes, now);
      if (!decision.ok) throw new Error(decision.refusals.map((refusal) => refusal.code).join(', '));
      return { ...feed, ...decision.value };
    });
    await tx.update(FeedEntity, given, ['state', 'settledRows', 'counts', 'fatalCode', 'endedAt']);
    if (step === 'reporting') return [];
    return given.map(({ id: feedId, sellerId }) => {
      const operationId = messages.get(feedId)?.operationId ?? null;
      return outgoing(writeFeedReport, { payload: { feedId, sellerId }, sellerId, operationId });
    });
  };

/** A payload may have made its message dead: only what it must have is asked of it. */
const feedIdOf = (payload: unknown): FeedId => String((payload as { feedId?: unknown } | null)?.feedId ?? '') as FeedId;
