import { MessageEntity } from '../entities/index.ts';
import { noFingerprint } from '../messages/fingerprint.ts';
import type { MessageRow } from '../messages/take.ts';
import type { Transaction } from '../transaction.ts';

/** What died alike. */
export interface DeadGroupKey {
  readonly queue: string;
  readonly name: string;
  readonly fingerprint: string;
}

export interface DeadGroup extends DeadGroupKey {
  readonly messages: number;
  readonly sellers: number;
  /** When the first and the last of them died; null for those that were dead before that was written down. */
  readonly firstAt: Date | null;
  readonly lastAt: Date | null;
  /** The reason of the one that came last. */
  readonly sampleReason: string | null;
  readonly sampleId: number;
}

const fingerprint = `coalesce(t.fingerprint, '${noFingerprint}')`;

/** The dead messages by what killed them. Reads every dead message of those queues once: for people. */
export async function deadGroups(
  tx: Transaction,
  wanted: { readonly queue: string | null; readonly after: DeadGroupKey | null; readonly limit: number },
): Promise<DeadGroup[]> {
  const { queue, after, limit } = wanted;
  const rows = await tx.query<{
    queue: string;
    name: string;
    fingerprint: string;
    messages: number;
    sellers: number;
    first_at: string | null;
    last_at: string | null;
    sample_id: string;
    sample_reason: string | null;
  }>(
    `select grouped.*, sample.last_error as sample_reason
       from (select t.queue, t.name, ${fingerprint} as fingerprint, count(*)::int as messages,
                    count(distinct t.seller_id)::int as sellers, min(t.dead_at) as first_at, max(t.dead_at) as last_at,
                    max(t.id) as sample_id
               from messages t
              where t.state = 'dead' and ($1::text is null or t.queue = $1)
                and (t.queue, t.name, ${fingerprint}) > ($2, $3, $4)
              group by t.queue, t.name, ${fingerprint} order by t.queue, t.name, ${fingerprint} limit $5) as grouped
       join messages sample on sample.id = grouped.sample_id
      order by grouped.queue, grouped.name, grouped.fingerprint`,
    [queue, after?.queue ?? '', after?.name ?? '', after?.fingerprint ?? '', limit],
  );
  return rows.map((row) => ({
    queue: row.queue,
    name: row.name,
    fingerprint: row.fingerprint,
    messages: row.messages,
    sellers: row.sellers,
    firstAt: row.first_at === null ? null : new Date(row.first_at),
    lastAt: row.last_at === null ? null : new Date(row.last_at),
    sampleReason: row.sample_reason,
    sampleId: Number(row.sample_id),
  }));
}

/** Which dead messages: a whole group, or all that died of the same, wherever. null = any. */
export interface DeadWanted {
  readonly fingerprint: string | null;
  readonly queue: string | null;
  readonly name: string | null;
}

/** One page of the dead messages, of one group or of all, in the order of their acceptance. */
export const deadMessagesPage = (
  tx: Transaction,
  wanted: { readonly group: DeadWanted | null; readonly after: number | null; readonly limit: number },
): Promise<MessageRow[]> =>
  tx.select(
    MessageEntity,
    `where t.state = 'dead' and t.id > $1 and ($3::text is null or t.queue = $3) and ($4::text is null or t.name = $4)
       and ($5::text is null or ${fingerprint} = $5)
     order by t.id limit $2`,
    [
      wanted.after ?? 0,
      wanted.limit,
      wanted.group?.queue ?? null,
      wanted.group?.name ?? null,
      wanted.group?.fingerprint ?? null,
    ],
  );
