import { addProgress, type Progress } from '../operations/progress.ts';
import type { Transaction } from '../transaction.ts';
import { appendMessages, type Outgoing } from './append.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { MessageRow } from './take.ts';

/** What is to become of one message at the end of its batch. */
export type Ending =
  | { readonly kind: 'done' | 'skip' | 'cancel'; readonly reason?: string }
  | { readonly kind: 'dead'; readonly reason: string }
  | { readonly kind: 'snooze'; readonly dueAt: Date; readonly reason: string }
  | { readonly kind: 'retry'; readonly dueAt: Date; readonly reason: string }
  /** `keepsTurn`: whoever has it goes on with it at once, under the pointer that is out already. */
  | { readonly kind: 'continue'; readonly cursor: unknown; readonly keepsTurn?: boolean };

export interface Settled {
  readonly message: MessageRow;
  readonly ending: Ending;
  readonly followUps: readonly Outgoing[];
  readonly progress: Progress | null;
}

/**
 * The last step of a batch, in its own transaction: follow-ups, then each message deleted, brought back or dead, with a
 * line of history where it ended, then the operations' counters. All of it commits with the effects or not at all.
 * `alsoFollowing` are follow-ups of effects whose message is no longer theirs to settle.
 */
export async function settleMessages(
  tx: Transaction,
  settled: readonly Settled[],
  now: Date,
  alsoFollowing: readonly Outgoing[] = [],
): Promise<void> {
  const followUps = [...settled.flatMap((entry) => entry.followUps), ...alsoFollowing];
  await appendMessages(tx, followUps);
  await bringBack(tx, settled);
  await end(tx, settled, now);
  await addProgress(tx, [...settled.flatMap(progressOf), ...followUps.flatMap(oneMoreOf)], now);
}

/** Whatever operation a follow-up belongs to has one more message to wait for. */
const oneMoreOf = ({ operationId }: Outgoing): readonly Progress[] => (operationId ? [{ operationId, total: 1 }] : []);

/** Whether nothing is owed any more after it. */
export const hasEnded = ({ kind }: Ending): boolean =>
  kind === 'done' || kind === 'skip' || kind === 'cancel' || kind === 'dead';

/**
 * The rows themselves say what a line of history tells of them, so only ids travel, together where they ended alike. Jobs that
 * came without a row have nothing to delete, and their line is sent whole.
 */
async function end(tx: Transaction, settled: readonly Settled[], now: Date): Promise<void> {
  const ended = settled.filter(({ ending }) => hasEnded(ending));
  if (ended.length === 0) return;
  const endings = Map.groupBy(
    ended.filter(({ message }) => message.id !== 0),
    (entry) => JSON.stringify(endOf(entry)),
  );
  const alike = [...endings.values()].map((some) => ({
    ...endOf(some[0]!),
    ids: some.map(({ message }) => message.id),
  }));
  const rowless = ended.filter(({ message }) => message.id === 0);
  await tx.prepared(
    `with d as (select unnest(ids) as id, outcome, reason, fingerprint
                  from json_to_recordset($1::json) as g(ids bigint[], outcome text, reason text, fingerprint text)),
          removed as (delete from messages m using d where m.id = d.id and d.outcome <> 'dead'
                      returning m.id, m.queue, m.name, m.seller_id, m.operation_id, d.outcome, d.reason, m.attempts),
          kept as (update messages m set state = 'dead', gen = m.gen + 1, last_error = d.reason, fingerprint = d.fingerprint,
                          dead_at = $2::timestamptz from d where m.id = d.id and d.outcome = 'dead'
                   returning m.id, m.queue, m.name, m.seller_id, m.operation_id, d.outcome, d.reason, m.attempts),
          rowless as (select null::bigint as id, r.* from json_to_recordset($3::json)
                        as r(queue text, name text, seller_id text, operation_id text, outcome text, reason text, attempts int))
     insert into message_log (day, message_id, queue, name, seller_id, operation_id, outcome, reason, attempts, at)
     select $2::timestamptz at time zone 'utc', e.*, $2::timestamptz
       from (select * from removed union all select * from kept union all select * from rowless) as e`,
    [JSON.stringify(alike), now, JSON.stringify(rowless.map(rowlessLine))],
  );
}

const endOf = ({ message, ending }: Settled) => ({
  outcome: ending.kind,
  reason: 'reason' in ending ? ending.reason : undefined,
  fingerprint: ending.kind === 'dead' ? fingerprintOf(message, ending.reason) : undefined,
});

const rowlessLine = (entry: Settled) => ({
  queue: entry.message.queue,
  name: entry.message.name,
  seller_id: entry.message.sellerId,
  operation_id: entry.message.operationId,
  outcome: entry.ending.kind,
  reason: endOf(entry).reason,
  attempts: entry.message.attempts,
});

async function bringBack(tx: Transaction, settled: readonly Settled[]): Promise<void> {
  const back = settled.filter(({ ending }) => !hasEnded(ending));
  if (back.length === 0) return;
  const rows = back.map((entry) => ({ ...turnOf(entry), ...identityOf(entry.message) }));
  const columns = `as d(id bigint, queue text, name text, seller_id text, payload jsonb, operation_id text, command_no bigint,
      due_at timestamptz, turns int, attempts int, snoozes int, last_error text, cursor jsonb)`;
  const existing = rows.filter((row) => row.id !== 0);
  if (existing.length > 0) {
    await tx.prepared(
      `update messages m set due_at = d.due_at, gen = m.gen + d.turns, attempts = d.attempts, snoozes = d.snoozes,
              -- Whoever comes this far has not died of it.
              crashes = 0, last_error = d.last_error, cursor = d.cursor
         from json_to_recordset($1::json) ${columns} where m.id = d.id`,
      [JSON.stringify(existing)],
    );
  }
  const adopted = rows.filter((row) => row.id === 0);
  if (adopted.length > 0) {
    await tx.prepared(
      `insert into messages (queue, name, seller_id, payload, due_at, gen, attempts, snoozes, last_error, cursor)
       select queue, name, seller_id, payload, due_at, 1, attempts, snoozes, last_error, cursor from json_to_recordset($1::json) ${columns}`,
      [JSON.stringify(adopted)],
    );
  }
}

const identityOf = (message: MessageRow) => ({
  id: message.id,
  queue: message.queue,
  name: message.name,
  seller_id: message.sellerId,
  payload: message.payload,
});

/** The columns that say when and how the message comes back. */
function turnOf({ message, ending }: Settled) {
  const turn = {
    due_at: null as Date | null,
    turns: ending.kind === 'continue' && ending.keepsTurn ? 0 : 1,
    attempts: message.attempts,
    snoozes: message.snoozes,
    last_error: message.lastError,
    cursor: message.cursor,
  };
  switch (ending.kind) {
    case 'snooze':
      return { ...turn, due_at: ending.dueAt, snoozes: message.snoozes + 1, last_error: ending.reason };
    case 'retry':
      return { ...turn, due_at: ending.dueAt, attempts: message.attempts + 1, last_error: ending.reason };
    case 'continue':
      // A slice that went through proves the job can run: earlier failures no longer count.
      return { ...turn, attempts: 0, snoozes: 0, last_error: null, cursor: ending.cursor };
    default:
      return turn;
  }
}

function progressOf(entry: Settled): readonly Progress[] {
  const { message, ending, progress } = entry;
  if (!message.operationId) return [];
  const counted =
    ending.kind === 'done' || ending.kind === 'skip'
      ? { done: 1 }
      : ending.kind === 'dead'
        ? { failed: 1 }
        : ending.kind === 'cancel'
          ? { cancelled: 1 }
          : {};
  if (!progress && !hasEnded(ending)) return [];
  return [
    {
      ...progress,
      ...counted,
      operationId: message.operationId,
      total: 0,
    },
  ];
}
