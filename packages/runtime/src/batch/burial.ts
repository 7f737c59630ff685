import type { JobContract } from '@ge/contracts';
import { type Outgoing, type Settled, settleMessages, type Transaction } from '@ge/database';
import type { Logger } from 'pino';
import { describeFailure, isPassing, isTooSlow } from './failure.ts';
import type { DeadMessage, OnDead } from './handler.ts';

/** How long one statement of a hook may take: well inside the time of a transaction. */
const onDeadMs = 20_000;

/** Whose messages are settled, and what is owed to the subject of one that ends without having been run to its end. */
export interface Settling {
  readonly contract: JobContract;
  readonly onDead?: OnDead | undefined;
  readonly onCancelled?: OnDead | undefined;
  readonly logger: Pick<Logger, 'error'>;
}

/**
 * The one way by which a runner settles messages: before any of them is dead, or was cancelled by operations, the handler's
 * hook frees what they were about, in the same transaction. A hook that fails is taken back alone; its messages end all the
 * same.
 */
export async function settleWithSubjects(
  tx: Transaction,
  settling: Settling,
  settled: readonly Settled[],
  now: Date,
  alsoFollowing: readonly Outgoing[] = [],
): Promise<void> {
  const { onDead, onCancelled = onDead } = settling;
  const dying = settled.flatMap(({ message, ending }): DeadMessage[] =>
    ending.kind === 'dead' ? [{ message, reason: ending.reason }] : [],
  );
  const cancelled = settled.flatMap(({ message, ending }): DeadMessage[] =>
    ending.kind === 'cancel' && message.cancelReason !== null ? [{ message, reason: message.cancelReason }] : [],
  );
  const owed = [
    ...(await freeSubjects(tx, settling, onDead, dying, now)),
    ...(await freeSubjects(tx, settling, onCancelled, cancelled, now)),
  ];
  await settleMessages(tx, settled, now, [...alsoFollowing, ...owed]);
}

async function freeSubjects(
  tx: Transaction,
  { contract, logger }: Settling,
  free: OnDead | undefined,
  dying: readonly DeadMessage[],
  now: Date,
): Promise<readonly Outgoing[]> {
  if (!free || dying.length === 0) return [];
  try {
    return await tx.apart(onDeadMs, () => free(tx, dying, now));
  } catch (error) {
    // What may pass runs again with the whole batch; what took too long would take as long again.
    if (isPassing(error) && !isTooSlow(error)) throw error;
    const ids = dying.map(({ message }) => message.id);
    logger.error(
      { job: contract.name, messages: ids, failure: describeFailure(error) },
      'what dead or cancelled messages were about could not be freed',
    );
    return [];
  }
}
