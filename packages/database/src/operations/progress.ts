import type { Transaction } from '../transaction.ts';

/** What one message adds to its operation. All numbers are increments. */
export interface Progress {
  readonly operationId?: string;
  /** Messages that will follow and belong to the operation. */
  readonly total?: number;
  readonly done?: number;
  readonly failed?: number;
  readonly cancelled?: number;
  /** No further message will be added from outside. */
  readonly fannedOut?: boolean;
  /** Numbers worth showing, added up by name. */
  readonly counts?: Readonly<Record<string, number>>;
  /** Replaces the operation's result. */
  readonly result?: unknown;
}

const closes = `((o.fanned_out or d.fanned_out)
  and o.done + d.done + o.failed + d.failed + o.cancelled + d.cancelled >= o.total + d.total)`;

/**
 * Adds progress to operations, locking them in id order, last in every transaction because they are the hottest rows.
 * An operation closes when it is fanned out and every message it counts has ended; what a late answer adds opens it again.
 */
export async function addProgress(tx: Transaction, progress: readonly Progress[], now: Date): Promise<void> {
  const merged = mergeById(progress);
  if (merged.length === 0) return;
  await tx.prepared('select id from operations where id = any($1::text[]) order by id for update', [
    merged.map((entry) => entry.id),
  ]);
  await tx.prepared(
    `update operations o
        set total = o.total + d.total, done = o.done + d.done, failed = o.failed + d.failed, cancelled = o.cancelled + d.cancelled,
            fanned_out = o.fanned_out or d.fanned_out,
            result = coalesce(d.result, o.result),
            counts = case when d.counts = '{}' then o.counts else (
                       select coalesce(jsonb_object_agg(name, amount), '{}') from (
                         select name, sum(amount::bigint) as amount
                           from (select * from jsonb_each_text(o.counts) union all select * from jsonb_each_text(d.counts)) as both_sides(name, amount)
                          group by name) as summed) end,
            state = case when ${closes} then 'closed' else 'open' end,
            closed_at = case when ${closes} then coalesce(o.closed_at, $2::timestamptz) end
       from json_to_recordset($1::json) as d(id text, total int, done int, failed int, cancelled int, fanned_out boolean, counts jsonb, result jsonb)
      where o.id = d.id`,
    [JSON.stringify(merged), now],
  );
}

function mergeById(progress: readonly Progress[]) {
  const byId = new Map<
    string,
    {
      id: string;
      total: number;
      done: number;
      failed: number;
      cancelled: number;
      fanned_out: boolean;
      counts: Record<string, number>;
      result: unknown;
    }
  >();
  for (const entry of progress) {
    if (!entry.operationId) continue;
    const sum = byId.get(entry.operationId) ?? {
      id: entry.operationId,
      total: 0,
      done: 0,
      failed: 0,
      cancelled: 0,
      fanned_out: false,
      counts: {},
      result: null,
    };
    sum.total += entry.total ?? 0;
    sum.done += entry.done ?? 0;
    sum.failed += entry.failed ?? 0;
    sum.cancelled += entry.cancelled ?? 0;
    sum.fanned_out ||= entry.fannedOut ?? false;
    sum.result = entry.result ?? sum.result;
    for (const [name, amount] of Object.entries(entry.counts ?? {}))
      sum.counts[name] = (sum.counts[name] ?? 0) + amount;
    byId.set(entry.operationId, sum);
  }
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
