import { MessageEntity, MessageLogEntity } from '../entities/index.ts';
import type { MessageRow } from '../messages/take.ts';
import type { RowOf } from '../rows/table.ts';
import type { Transaction } from '../transaction.ts';

export type MessageLogRow = RowOf<typeof MessageLogEntity>;

/** Lines of history shown of one thing at most. */
const linesAtMost = 100;

/** A message as it stands while it is owed or dead, and what its history says, oldest first. */
export interface MessageHistory {
  readonly message: MessageRow | null;
  readonly log: readonly MessageLogRow[];
}

/** What became of a message; null where there never was one of that number. */
export async function messageHistory(tx: Transaction, id: number): Promise<MessageHistory | null> {
  const [message] = await tx.find(MessageEntity, [id]);
  const log = await tx.select(MessageLogEntity, 'where t.message_id = $1 order by t.at, t.id limit $2', [
    id,
    linesAtMost,
  ]);
  if (message || log.length > 0) return { message: message ?? null, log };
  const [drawn] = await tx.query<{ last: string; used: boolean }>(
    'select last_value as last, is_called as used from messages_id_seq',
  );
  return id > 0 && drawn!.used && id <= Number(drawn!.last) ? { message: null, log: [] } : null;
}

/** What became of an operation's messages, the last line first. */
export const historyOfOperation = (tx: Transaction, operationId: string): Promise<MessageLogRow[]> =>
  tx.select(MessageLogEntity, 'where t.operation_id = $1 order by t.at desc, t.id desc limit $2', [
    operationId,
    linesAtMost,
  ]);

/** Messages shown of one thing at most. */
const messagesAtMost = 20;

/** The messages of an operation that are still there, dead ones among them, oldest first. */
export const messagesOfOperation = (tx: Transaction, operationId: string): Promise<MessageRow[]> =>
  tx.select(MessageEntity, 'where t.operation_id = $1 order by t.id limit $2', [operationId, messagesAtMost]);

/** What a message of a seller may be about, by the field of its payload. */
export interface Subject {
  readonly queues: readonly string[];
  readonly sellerId: string;
  readonly field: 'labelId' | 'batchId' | 'orderId' | 'feedId' | 'templateId';
  readonly id: string;
}

/** The messages about a thing that are still there, dead ones among them. Reads its seller's messages in these queues. */
export const messagesAbout = (tx: Transaction, { queues, sellerId, field, id }: Subject): Promise<MessageRow[]> => {
  const which = (also: string) =>
    `select m.id from messages m where m.queue = any($1::text[]) and m.seller_id = $2 and ${also} and m.payload ->> $3 = $4`;
  return tx.select(
    MessageEntity,
    `where t.id in (${which(`m.state = 'ready' and m.due_at is null`)} union all ${which(`m.state = 'ready' and m.due_at is not null`)}
                    union all ${which(`m.state = 'dead'`)})
     order by t.id limit $5`,
    [queues, sellerId, field, id, messagesAtMost],
  );
};

/** How many of a seller's messages are dead. */
export async function countDeadOf(tx: Transaction, sellerId: string): Promise<number> {
  const rows = await tx.query<{ count: number }>(
    `select count(*)::int as count from messages where state = 'dead' and seller_id = $1`,
    [sellerId],
  );
  return rows[0]!.count;
}
