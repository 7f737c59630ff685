import type { Database } from '@ge/database';
import { playAftermath } from './aftermath.ts';
import { auditMoney, auditPurchases, type EndedLabel, type SettledOrder } from './audit.ts';
import type { CarrierBook } from './carrierBook.ts';
import type { StageFleet } from './stage.ts';

interface Concluded {
  readonly database: Database;
  readonly fleet: StageFleet;
  readonly book: CarrierBook;
  readonly killed: boolean;
  readonly silentCarriers: readonly string[];
  readonly tell: (line: string) => void;
}

/** Audits the labels as they have ended, plays what follows, and audits the money. */
export async function conclude({ database, fleet, book, killed, silentCarriers, tell }: Concluded) {
  const labels = await database.query<EndedLabel>('select id, state, reason from label_purchases');
  const asked = { killed, silentCarriers };
  const { violations, ...purchases } = auditPurchases(labels, await book.charges(), await book.calls(), asked);
  tell('parcels travel, and the statements of the carriers are read');
  await playAftermath(database, fleet, book);
  const { violations: ofMoney, ...money } = auditMoney(await settledOrders(database), await differences(database));
  return { ...purchases, ...money, violations: [...violations, ...ofMoney] };
}

async function settledOrders(database: Database): Promise<readonly SettledOrder[]> {
  const rows = await database.query<{ id: string; payout: string; has_label: boolean; held: number }>(
    `select o.id, o.payout,
            exists (select from label_purchases l where l.order_id = o.id and l.state = 'purchased') as has_label,
            (select coalesce(sum(case when credit = 'import_fee_deposits' then minor when debit = 'import_fee_deposits' then -minor end), 0)::int
               from ledger_transfers t where t.order_id = o.id) as held
       from orders o`,
  );
  return rows.map(({ id, payout, has_label, held }) => ({ orderId: id, payout, hasLabel: has_label, held }));
}

async function differences(database: Database): Promise<readonly string[]> {
  const rows = await database.query<{ kind: string }>(
    'select kind from statement_differences where settled_at is null',
  );
  return rows.map(({ kind }) => kind);
}
