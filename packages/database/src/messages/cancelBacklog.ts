import { catalogue, contractByName } from '@ge/contracts';
import { isUnsent, type LabelId } from '@ge/domain';
import { LabelPurchaseEntity } from '../entities/index.ts';
import type { Transaction } from '../transaction.ts';

/** Why a message of a backlog that is cancelled goes on all the same. */
export type KeptBecause =
  /** The job's contract says that it is always carried out. */
  | 'always_carried_out'
  /** A request for it has left for the carrier: what came of that has to be found out. */
  | 'sent'
  /** Somebody is running it at this moment. */
  | 'running';

/** One kind of job in the backlog of a seller. */
export interface CancelledJob {
  readonly queue: string;
  readonly name: string;
  /** Will be ended instead of run, or would be. */
  readonly cancelled: number;
  readonly kept: Readonly<Partial<Record<KeptBecause, number>>>;
}

export interface CancelledBacklog {
  readonly jobs: readonly CancelledJob[];
  /** Whether there is more than one call takes: call again. */
  readonly isMore: boolean;
}

export interface CancelWanted {
  readonly sellerId: string;
  /** Where: one queue of the catalogue or all. */
  readonly queues: readonly string[];
  readonly reason: string;
  /** Says what would be; changes and locks nothing. */
  readonly dryRun: boolean;
}

/** Messages looked at by one call at most. */
export const cancelledAtOnce = 20_000;

interface Owed {
  readonly id: number;
  readonly queue: string;
  readonly name: string;
  readonly labelId: LabelId | null;
}

/**
 * Marks what a seller is owed as cancelled and due: its worker frees what it was about and ends it instead of running it,
 * also while seller or queue are paused. What its contract keeps, what was sent to a carrier and what is being run right
 * now goes on.
 */
export async function cancelBacklog(tx: Transaction, wanted: CancelWanted): Promise<CancelledBacklog> {
  const always = await carriedOutAnyway(tx, wanted);
  const owed = await mayEnd(tx, wanted);
  // First the tokens, then what they stand for: whoever sends a label holds its token, so none is sent any more from here.
  const held = wanted.dryRun ? owed : await lockOwed(tx, owed);
  const sent = await sentAmong(tx, held);
  const ended = held.filter(({ id }) => !sent.has(id));
  if (!wanted.dryRun) await markCancelled(tx, ended, wanted.reason);
  const jobs = [...Map.groupBy(owed, ({ queue, name }) => `${queue} ${name}`).values()].map(
    (messages): CancelledJob => {
      const { queue, name } = messages[0]!;
      const of = (some: readonly Owed[]) => some.filter((one) => one.name === name).length;
      const running = messages.length - of(held);
      const left = messages.filter(({ id }) => sent.has(id)).length;
      return { queue, name, cancelled: of(ended), kept: { ...(left && { sent: left }), ...(running && { running }) } };
    },
  );
  return { jobs: [...jobs, ...always], isMore: owed.length === cancelledAtOnce && ended.length > 0 };
}

const names = (cancels: boolean): string[] =>
  catalogue.filter(({ cancel }) => (cancel !== 'no') === cancels).map(({ name }) => name);

/** The backlog that a cancellation leaves alone, by job; what is under no contract of this release too. */
async function carriedOutAnyway(tx: Transaction, { sellerId, queues }: CancelWanted): Promise<CancelledJob[]> {
  const which = (due: string) =>
    `select m.queue, m.name from messages m where m.queue = any($1::text[]) and m.seller_id = $2 and m.state = 'ready' and ${due}`;
  const rows = await tx.query<{ queue: string; name: string; messages: number }>(
    `select queue, name, count(*)::int as messages from (${which('m.due_at is null')} union all ${which('m.due_at is not null')}) as owed
      where name <> all($3::text[]) group by queue, name order by queue, name`,
    [queues, sellerId, names(true)],
  );
  return rows.map(({ queue, name, messages }) => ({
    queue,
    name,
    cancelled: 0,
    kept: { always_carried_out: messages },
  }));
}

async function mayEnd(tx: Transaction, { sellerId, queues }: CancelWanted): Promise<Owed[]> {
  const which = (due: string) =>
    `(select m.id, m.queue, m.name, m.payload ->> 'labelId' as label_id from messages m
       where m.queue = any($1::text[]) and m.seller_id = $2 and m.state = 'ready' and ${due}
         and m.cancel_reason is null and m.name = any($3::text[]) limit $4)`;
  const rows = await tx.query<{ id: string; queue: string; name: string; label_id: LabelId | null }>(
    `${which('m.due_at is null')} union all ${which('m.due_at is not null')} order by queue, name, id limit $4`,
    [queues, sellerId, names(true), cancelledAtOnce],
  );
  return rows.map((row) => ({ id: Number(row.id), queue: row.queue, name: row.name, labelId: row.label_id }));
}

async function lockOwed(tx: Transaction, owed: readonly Owed[]): Promise<Owed[]> {
  const rows = await tx.query<{ id: string }>(
    `select id from messages where id = any($1::bigint[]) and state = 'ready' order by id for update skip locked`,
    [owed.map(({ id }) => id)],
  );
  const free = new Set(rows.map((row) => Number(row.id)));
  return owed.filter(({ id }) => free.has(id));
}

/** Ids of the messages whose label has left for its carrier. */
async function sentAmong(tx: Transaction, owed: readonly Owed[]): Promise<ReadonlySet<number>> {
  const buying = owed.filter(({ name }) => contractByName.get(name)?.cancel === 'unsent');
  const labels = await tx.find(LabelPurchaseEntity, [...new Set(buying.flatMap(({ labelId }) => labelId ?? []))]);
  const sent = new Set(labels.filter((label) => !isUnsent(label)).map(({ id }) => id));
  return new Set(buying.flatMap(({ id, labelId }) => (labelId !== null && sent.has(labelId) ? [id] : [])));
}

async function markCancelled(tx: Transaction, owed: readonly Owed[], reason: string): Promise<void> {
  if (owed.length === 0) return;
  await tx.query(`update messages set cancel_reason = $2, due_at = null where id = any($1::bigint[])`, [
    owed.map(({ id }) => id),
    reason,
  ]);
}
