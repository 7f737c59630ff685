import type { Database } from '@ge/database';
import type { LabelId } from '@ge/domain';
import type { BatchLabel, EndedItem } from './auditBatches.ts';
import type { SettledOrder } from './auditMoney.ts';
import type { BookedLabel } from './auditVoids.ts';
import { carrierIdOf } from './carriers.ts';
import { type CarrierName, carrierNames } from './faultScript.ts';

const nameOf = (carrierId: string): CarrierName => carrierNames.find((name) => carrierIdOf[name] === carrierId)!;

/** Every label with what is booked of it, and the offer that its carrier knows it by. */
export async function bookedLabels(
  database: Database,
): Promise<readonly (BookedLabel & { readonly offerToken: string })[]> {
  const rows = await database.query<{
    id: LabelId;
    order_id: string;
    state: string;
    reason: string | null;
    carrier_id: string;
    offer_token: string;
    shipment_ref: string | null;
    charges: number;
    charged: number;
    refunds: number;
    refunded: number;
    further_charges: number;
    further_charged: number;
    further_refunds: number;
    further_refunded: number;
  }>(
    `select l.id, l.order_id, l.state, l.reason, l.carrier_id, l.offer_token, l.shipment_ref,
            count(*) filter (where t.kind = 'label_charge')::int as charges,
            coalesce(sum(t.minor) filter (where t.kind = 'label_charge'), 0)::int as charged,
            count(*) filter (where t.kind = 'label_refund')::int as refunds,
            coalesce(sum(t.minor) filter (where t.kind = 'label_refund'), 0)::int as refunded,
            count(*) filter (where t.kind = 'further_charge')::int as further_charges,
            coalesce(sum(t.minor) filter (where t.kind = 'further_charge'), 0)::int as further_charged,
            count(*) filter (where t.kind = 'further_refund')::int as further_refunds,
            coalesce(sum(t.minor) filter (where t.kind = 'further_refund'), 0)::int as further_refunded
       from label_purchases l left join ledger_transfers t on t.label_id = l.id
      group by l.id`,
  );
  return rows.map((row) => ({
    id: row.id,
    orderId: row.order_id,
    state: row.state,
    reason: row.reason,
    carrier: nameOf(row.carrier_id),
    offerToken: row.offer_token,
    shipmentRef: row.shipment_ref,
    charged: { times: row.charges, minor: row.charged },
    refunded: { times: row.refunds, minor: row.refunded },
    further: {
      charged: { times: row.further_charges, minor: row.further_charged },
      refunded: { times: row.further_refunds, minor: row.further_refunded },
    },
  }));
}

export const batchItems = (database: Database): Promise<EndedItem[]> =>
  database.query(
    `select batch_id as "batchId", item_no as "itemNo", state, jsonb_array_length(refusals) as refusals, label_id as "labelId"
       from label_batch_items`,
  );

export async function batchLabels(database: Database): Promise<readonly BatchLabel[]> {
  const rows = await database.query<Omit<BatchLabel, 'sentAt'> & { readonly sentAt: Date | string | null }>(
    `select id, batch_id as "batchId", state, reason, sent_at as "sentAt" from label_purchases where batch_id is not null`,
  );
  return rows.map(({ sentAt, ...label }) => ({ ...label, sentAt: sentAt === null ? null : new Date(sentAt) }));
}

/** Orders with the label that travels: of two of a parcel, which a refused void leaves, the later one. */
export async function settledOrders(database: Database): Promise<readonly SettledOrder[]> {
  const rows = await database.query<{
    id: string;
    payout: string;
    reason: string | null;
    carrier_id: string | null;
    has_void: boolean;
    deposit: number;
    held: number;
  }>(
    `select o.id, o.payout, o.payout_reason as reason, coalesce((o.import_fee_deposit->>'minor')::int, 0) as deposit,
            (select l.carrier_id from label_purchases l where l.order_id = o.id and l.state in ('purchased', 'void_refused')
              order by l.created_at desc limit 1) as carrier_id,
            exists (select from label_purchases l where l.order_id = o.id and l.state = 'voided') as has_void,
            (select coalesce(sum(case when credit = 'import_fee_deposits' then minor when debit = 'import_fee_deposits' then -minor end), 0)::int
               from ledger_transfers t where t.order_id = o.id) as held
       from orders o`,
  );
  return rows.map(({ id, payout, reason, carrier_id, has_void, deposit, held }) => ({
    orderId: id,
    ...{ payout, payoutReason: reason, deposit, held },
    hasLabel: carrier_id !== null,
    hasVoid: has_void,
    isBilled: carrier_id !== null && carrier_id !== carrierIdOf.easypost,
  }));
}

/** What the statements say otherwise. */
export async function differences(database: Database): Promise<readonly string[]> {
  const rows = await database.query<{ kind: string }>(
    'select kind from statement_differences where settled_at is null',
  );
  return rows.map(({ kind }) => kind);
}
