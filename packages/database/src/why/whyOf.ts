import type { WhyReason } from '@ge/domain';
import type { MessageRow } from '../messages/take.ts';
import type { Transaction } from '../transaction.ts';
import type { MessageLogRow } from './messageHistory.ts';
import { whyFinders } from './whyFinders.ts';
import { asked, type WhyKind } from './whyIds.ts';

/** A message that is still there, with what it waits for. */
export interface WhyMessage {
  readonly message: MessageRow;
  readonly reasons: readonly WhyReason[];
}

/** What became of something, and what it waits for. */
export interface Why {
  readonly kind: WhyKind;
  readonly id: string;
  readonly sellerId: string | null;
  /** In the words of its own kind; of a message `ready`, `dead`, or how it ended. */
  readonly state: string;
  readonly reasons: readonly WhyReason[];
  /** What is owed for it, dead messages among them; 20 at most, the oldest. */
  readonly messages: readonly WhyMessage[];
  /** What became of its messages so far; 100 lines at most. */
  readonly history: readonly MessageLogRow[];
  /** What else to ask about. */
  readonly related: readonly { readonly kind: WhyKind; readonly id: string; readonly state?: string }[];
}

/** The answer of one kind, found by an id of that kind; null where there is none of that id. */
export type WhyFinder = (tx: Transaction, id: string, now: Date) => Promise<Why | null>;

/**
 * What became of whatever has this id, and what it waits for; null where nothing has it. An id that could be of several
 * kinds is taken for the first that exists; `order:123` names the kind.
 */
export async function whyOf(tx: Transaction, id: string, now: Date): Promise<Why | null> {
  for (const { kind, id: own } of asked(id)) {
    const why = await whyFinders[kind](tx, own, now);
    if (why) return why;
  }
  return null;
}
