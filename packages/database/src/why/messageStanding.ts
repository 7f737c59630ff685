import type { MessageStanding } from '@ge/domain';
import type { MessageRow } from '../messages/take.ts';
import { pausesOver } from '../queries/pauses.ts';
import type { Transaction } from '../transaction.ts';
import { pauseAction, pauseTarget } from './pauseAudit.ts';

/** Messages before one that are counted at most. */
const aheadAtMost = 10_000;

/** What is known of messages that are still there, beyond their rows. Locks nothing. */
export async function messageStandings(tx: Transaction, messages: readonly MessageRow[]): Promise<MessageStanding[]> {
  if (messages.length === 0) return [];
  const rows = await tx.query<{ id: string; running: boolean; relayed: boolean; ahead: number }>(
    // A row lock stands as the id of its transaction in the row itself; one that has ended is no lock any more. The row has
    // 32 bits of the id; the rest is that of the present.
    `select m.id, m.xmax::text::bigint <> 0
              and not pg_visible_in_snapshot((present.epoch | m.xmax::text::bigint)::text::xid8, present.snapshot) as running,
            exists (select from relay_lease l where l.queue = m.queue and l.until > now()) as relayed,
            case when m.state = 'ready' and m.due_at is null then
              (select count(*)::int from (select from messages b
                where b.queue = m.queue and b.seller_id = m.seller_id and b.state = 'ready' and b.due_at is null and b.id < m.id limit $2) as few)
            else 0 end as ahead
       from messages m
      cross join (select snapshot, pg_snapshot_xmax(snapshot)::text::bigint >> 32 << 32 as epoch
                    from pg_current_snapshot() as snapshot) as present
      where m.id = any($1::bigint[])`,
    [messages.map(({ id }) => id), aheadAtMost],
  );
  const found = new Map(rows.map((row) => [Number(row.id), row]));
  const pauses = await pausesOverAll(tx, messages);
  return messages.map((message): MessageStanding => {
    const row = found.get(message.id);
    return {
      ...message,
      isRunning: row?.running ?? false,
      isRelayed: row?.relayed ?? false,
      ahead: row?.ahead ?? 0,
      pauses: pauses.get(`${message.queue} ${message.sellerId}`) ?? [],
    };
  });
}

async function pausesOverAll(
  tx: Transaction,
  messages: readonly MessageRow[],
): Promise<Map<string, MessageStanding['pauses']>> {
  const known = new Map<string, MessageStanding['pauses']>();
  for (const { queue, sellerId } of messages) {
    const key = `${queue} ${sellerId}`;
    if (known.has(key)) continue;
    const pauses = await pausesOver(tx, queue, sellerId);
    const by = await whoPaused(tx, pauses.map(pauseTarget));
    known.set(
      key,
      pauses.map((pause) => ({ ...pause, by: by.get(pauseTarget(pause)) ?? null })),
    );
  }
  return known;
}

/** The API key that last set each of these pauses, as the audit has it. */
async function whoPaused(tx: Transaction, targets: readonly string[]): Promise<Map<string, string>> {
  if (targets.length === 0) return new Map();
  const rows = await tx.query<{ target: string; actor: string }>(
    `select distinct on (target) target, actor from audit_entries
      where target = any($1::text[]) and action = $2 order by target, id desc`,
    [targets, pauseAction],
  );
  return new Map(rows.map(({ target, actor }) => [target, actor]));
}
