import { writeFeedReport } from '@ge/contracts';
import { type FeedId, type FeedStep, givenUpProblem, giveUpFeed } from '@ge/domain';
import { FeedEntity } from '../entities/index.ts';
import { type Outgoing, outgoing } from '../messages/append.ts';
import type { MessageRow } from '../messages/take.ts';
import type { Transaction } from '../transaction.ts';
import { closeOpenFeeds } from './closeOpenFeeds.ts';
import { wakeNextFeed } from './wakeFeeds.ts';

/**
 * Ends the feeds whose job is dead, so that nothing waits for them: what was applied by then stays, and the report that
 * follows says how far each came (R15, R18).
 */
export const giveUpFeeds =
  (step: FeedStep) =>
  async (
    tx: Transaction,
    dead: readonly { readonly message: MessageRow }[],
    now: Date,
  ): Promise<readonly Outgoing[]> => {
    const messages = new Map(dead.map(({ message }) => [feedIdOf(message.payload), message]));
    const closed = await closeOpenFeeds(tx, [...messages.keys()], givenUpProblem);
    const given = closed.map(({ feed, outcomes }) => {
      const decision = giveUpFeed(feed, step, outcomes, now);
      if (!decision.ok) throw new Error(decision.refusals.map((refusal) => refusal.code).join(', '));
      return { ...feed, ...decision.value };
    });
    await tx.update(FeedEntity, given, ['state', 'settledRows', 'counts', 'fatalCode', 'endedAt']);
    for (const feed of given) if (feed.endedAt !== null) await wakeNextFeed(tx, feed);
    if (step === 'reporting') return [];
    return given.map(({ id: feedId, sellerId }) => {
      const operationId = messages.get(feedId)?.operationId ?? null;
      return outgoing(writeFeedReport, { payload: { feedId, sellerId }, sellerId, operationId });
    });
  };

/** A payload may have made its message dead: only what it must have is asked of it. */
const feedIdOf = (payload: unknown): FeedId => String((payload as { feedId?: unknown } | null)?.feedId ?? '') as FeedId;
