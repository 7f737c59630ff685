import type { JobContract } from '@ge/contracts';
import { type Outgoing, type Settled, settleMessages, type Transaction } from '@ge/database';
import type { Logger } from 'pino';
import { describeFailure, isPassing, isTooSlow } from './failure.ts';
import type { DeadMessage, OnDead } from './handler.ts';

/** How long one statement of a hook may take: well inside the time of a transaction. */
const onDeadMs = 20_000;

/** Whose messages are settled, and what is owed to the subject of one that ends dead. */
export interface Settling {
  readonly contract: JobContract;
  readonly onDead?: OnDead | undefined;
  readonly logger: Pick<Logger, 'error'>;
}

/**
 * The one way by which a runner settles messages: before any of them is dead, the handler's `onDead` frees what they were
 * about, in the same transaction. A hook that fails is taken back alone; its messages are dead all the same.
 */
export async function settleWithSubjects(
  tx: Transaction,
  settling: Settling,
  settled: readonly Settled[],
  now: Date,
  alsoFollowing: readonly Outgoing[] = [],
): Promise<void> {
  const dying = settled.flatMap(({ message, ending }): DeadMessage[] =>
    ending.kind === 'dead' ? [{ message, reason: ending.reason }] : [],
  );
  const owed = dying.length > 0 ? await freeSubjects(tx, settling, dying, now) : [];
  await settleMessages(tx, settled, now, [...alsoFollowing, ...owed]);
}

async function freeSubjects(
  tx: Transaction,
  { contract, onDead, logger }: Settling,
  dying: readonly DeadMessage[],
  now: Date,
): Promise<readonly Outgoing[]> {
  if (!onDead) return [];
  try {
    return await tx.apart(onDeadMs, () => onDead(tx, dying, now));
  } catch (error) {
    // What may pass runs again with the whole batch; what took too long would take as long again.
    if (isPassing(error) && !isTooSlow(error)) throw error;
    const ids = dying.map(({ message }) => message.id);
    logger.error(
      { job: contract.name, messages: ids, failure: describeFailure(error) },
      'what dead messages were about could not be freed',
    );
    return [];
  }
}
