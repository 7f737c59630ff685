import { reopenOperations } from '../operations/reopen.ts';
import type { DeadWanted } from '../queries/deadMessages.ts';
import type { Transaction } from '../transaction.ts';
import { noFingerprint } from './fingerprint.ts';

/** Dead messages: those that died alike, or these. */
export type DeadSelection = (DeadWanted & { readonly fingerprint: string }) | { readonly ids: readonly number[] };

export interface Redriven {
  /** Made ready again, or what would be. */
  readonly messages: number;
  readonly sellers: number;
  /** That count one failure less for each, and are open again. */
  readonly operations: number;
  /** Of these messages: die again at once, since their deadline is over. */
  readonly pastDeadline: number;
  /** When the last of them is due at that rate. */
  readonly lastDueAt: Date;
  /** Of the same selection, beyond what one call takes. */
  readonly left: number;
}

/** Messages made ready again by one call at most. */
export const redrivenAtOnce = 20_000;

const selected = (selection: DeadSelection): { readonly where: string; readonly params: readonly unknown[] } =>
  'ids' in selection
    ? { where: `id = any($1::bigint[])`, params: [selection.ids] }
    : {
        where: `($1::text is null or queue = $1) and ($2::text is null or name = $2) and coalesce(fingerprint, '${noFingerprint}') = $3`,
        params: [selection.queue, selection.name, selection.fingerprint],
      };

/** What redriving these would do; changes and locks nothing. */
export async function previewRedrive(
  tx: Transaction,
  selection: DeadSelection,
  { perSecond, now }: { readonly perSecond: number | null; readonly now: Date },
): Promise<Redriven> {
  const { where, params } = selected(selection);
  const [sum] = await tx.query<{ all: string; sellers: number; operations: number; past: number }>(
    `with dead as (select seller_id, operation_id, deadline_at, row_number() over (order by id) as place
                     from messages where state = 'dead' and ${where})
     select (select count(*) from dead) as all, count(distinct seller_id)::int as sellers,
            count(distinct operation_id)::int as operations,
            count(*) filter (where deadline_at < $${params.length + 1})::int as past
       from dead where place <= $${params.length + 2}`,
    [...params, now, redrivenAtOnce],
  );
  const messages = Math.min(Number(sum!.all), redrivenAtOnce);
  return {
    messages,
    sellers: sum!.sellers,
    operations: sum!.operations,
    pastDeadline: sum!.past,
    lastDueAt: dueAt(Math.max(0, messages - 1), perSecond, now),
    left: Number(sum!.all) - messages,
  };
}

const dueAt = (place: number, perSecond: number | null, now: Date): Date =>
  perSecond === null ? now : new Date(now.getTime() + Math.floor((place * 1_000) / perSecond));

/**
 * Makes dead messages ready again as if they had never run: attempts, crashes and snoozes count from nought under a new
 * turn, and their operations are open again. With `perSecond` they come due that many a second, the oldest first.
 * What was dead before of a subject that its burial ended finds nothing left to do. `reason` goes into their history.
 */
export async function redrive(
  tx: Transaction,
  selection: DeadSelection,
  { perSecond, reason, now }: { readonly perSecond: number | null; readonly reason: string | null; readonly now: Date },
): Promise<Redriven> {
  const { where, params } = selected(selection);
  const at = (offset: number) => `$${params.length + offset}`;
  const rows = await tx.query<{ operation_id: string | null; seller_id: string; is_past: boolean }>(
    `with locked as (select id, queue, name, seller_id, operation_id, attempts, deadline_at from messages
                      where state = 'dead' and ${where} order by id limit ${at(1)} for update),
          placed as (select *, row_number() over (order by id) - 1 as place from locked),
          redriven as (
            update messages m
               set state = 'ready', gen = m.gen + 1, attempts = 0, crashes = 0, snoozes = 0, fingerprint = null, dead_at = null,
                   cancel_reason = null,
                   due_at = case when ${at(2)}::int is null then null
                                 else ${at(3)}::timestamptz + floor(placed.place * 1000.0 / ${at(2)}) * interval '1 millisecond' end
              from placed where m.id = placed.id),
          told as (
            insert into message_log (day, message_id, queue, name, seller_id, operation_id, outcome, reason, attempts, at)
            select ${at(3)}::timestamptz at time zone 'utc', id, queue, name, seller_id, operation_id, 'redriven', ${at(4)}::text,
                   attempts, ${at(3)}::timestamptz from placed)
     select operation_id, seller_id, coalesce(deadline_at < ${at(3)}::timestamptz, false) as is_past from placed`,
    [...params, redrivenAtOnce, perSecond, now, reason],
  );
  const perOperation = new Map<string, number>();
  for (const { operation_id: id } of rows) if (id) perOperation.set(id, (perOperation.get(id) ?? 0) + 1);
  await reopenOperations(tx, perOperation);
  const [rest] =
    rows.length < redrivenAtOnce
      ? [{ count: '0' }]
      : await tx.query<{ count: string }>(`select count(*) from messages where state = 'dead' and ${where}`, params);
  return {
    messages: rows.length,
    sellers: new Set(rows.map((row) => row.seller_id)).size,
    operations: perOperation.size,
    pastDeadline: rows.filter((row) => row.is_past).length,
    lastDueAt: dueAt(Math.max(0, rows.length - 1), perSecond, now),
    left: Number(rest!.count),
  };
}
