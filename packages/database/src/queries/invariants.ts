import type { LabelPurchase, LabelState, Order, OrderId, ReclaimState } from '@ge/domain';
import type { Database } from '../database.ts';
import { LabelPurchaseEntity, OrderEntity } from '../entities/index.ts';

/** What is open of one kind, and how long the oldest of it has been. */
export interface OpenCount {
  readonly count: number;
  readonly oldestSeconds: number;
}

/** What should be none, few or young, counted over the whole programme. */
export interface Invariants {
  /** Labels that are neither bought nor ended, by state. */
  readonly labels: ReadonlyMap<LabelState, OpenCount>;
  /** Charges beside labels that carriers are asked for, by state; `refused`: what has not come back since, either. */
  readonly reclaims: ReadonlyMap<ReclaimState, OpenCount>;
  /** Commands that go on, by kind. */
  readonly operations: ReadonlyMap<string, OpenCount>;
  /** Commands open for a minute though nothing is owed for them: nobody will close them. */
  readonly strandedOperations: number;
  /** GE-enabled templates behind their seller's region setting (R12): shown to sellers, and none where everyone saved again. */
  readonly driftingTemplates: number;
  /** GE-enabled templates that do not show the list of suspensions yet, while no fan-out is owed (R13). */
  readonly unsuspendedTemplates: number;
}

const labelsOpen = `
  select state as name, count(*)::int as count, extract(epoch from now() - min(created_at)) as oldest
    from label_purchases where state in ('requested', 'claimed', 'sent', 'unknown', 'parked', 'voiding') group by state`;

const reclaimsOpen = `
  select state as name, count(*)::int as count, extract(epoch from now() - min(requested_at)) as oldest
    from charge_reclaims r
   where state in ('requested', 'sent')
      or state = 'refused' and not exists (select from ledger_transfers t where t.id = 'further_refund/' || r.carrier_id || '/' || r.shipment_ref)
   group by state`;

const operationsOpen = `
  select kind as name, count(*)::int as count, extract(epoch from now() - min(created_at)) as oldest
    from operations where state = 'open' group by kind`;

const sums = `
  select (select count(*) from operations o
           where o.state = 'open' and o.created_at < now() - interval '1 minute'
             and not exists (select from messages m where m.operation_id = o.id and m.state = 'ready'))::int as stranded,
         (select count(*) from shipping_templates t join sellers s on s.id = t.seller_id
           where t.ge_state = 'enabled' and t.applied_setting_version < s.region_setting_version)::int as drifting,
         (select count(*) from shipping_templates t join programme p on p.id = 1
           where t.ge_state = 'enabled' and t.applied_suspension_version < p.suspension_version
             and not exists (select from messages m where m.queue = 'region-fanout' and m.name = 'fan-out-suspensions' and m.state = 'ready'))::int as unsuspended`;

/** Reads every enabled template once: for people and scrapes, never for the way of a job. */
export async function readInvariants(database: Database): Promise<Invariants> {
  type Open = { name: string; count: number; oldest: string };
  const [labels, reclaims, operations, [totals]] = await Promise.all([
    database.query<Open>(labelsOpen),
    database.query<Open>(reclaimsOpen),
    database.query<Open>(operationsOpen),
    database.query<{ stranded: number; drifting: number; unsuspended: number }>(sums),
  ]);
  const byName = <Name extends string>(rows: readonly Open[]) =>
    new Map(
      rows.map(({ name, count, oldest }) => [name as Name, { count, oldestSeconds: Math.max(0, Number(oldest)) }]),
    );
  return {
    labels: byName<LabelState>(labels),
    reclaims: byName<ReclaimState>(reclaims),
    operations: byName<string>(operations),
    strandedOperations: totals!.stranded,
    driftingTemplates: totals!.drifting,
    unsuspendedTemplates: totals!.unsuspended,
  };
}

/**
 * Pending orders with a label that was bought over a minute ago, with all their labels: whether one of them should have
 * been confirmed by then is the domain's to say. At most `limit` orders.
 */
export async function pendingWithLabels(
  database: Database,
  limit = 1_000,
): Promise<readonly { readonly order: Order; readonly labels: readonly LabelPurchase[] }[]> {
  return database.transaction(async (tx) => {
    const found = await tx.query<{ id: OrderId }>(
      `select o.id from orders o
        where o.is_global_express and o.state in ('pending', 'held')
          and exists (select from label_purchases l
                       where l.order_id = o.id and l.state = 'purchased' and l.ended_at < now() - interval '1 minute')
        order by o.id limit $1`,
      [limit],
    );
    const ids = found.map(({ id }) => id);
    const orders = await tx.find(OrderEntity, ids);
    const labels = await tx.select(LabelPurchaseEntity, 'where t.order_id = any($1::text[]) order by t.id', [ids]);
    const byOrder = Map.groupBy(labels, ({ orderId }) => orderId);
    return orders.map((order) => ({ order, labels: byOrder.get(order.id) ?? [] }));
  });
}
