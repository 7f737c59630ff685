import { of } from './audit.ts';

/** What is booked of an order and what became of it. */
export interface SettledOrder {
  readonly orderId: string;
  readonly payout: string;
  readonly payoutReason: string | null;
  /** Whether a label bought here travels with it. */
  readonly hasLabel: boolean;
  /** Whether one was voided. */
  readonly hasVoid: boolean;
  /** Whether the carrier that it travels with gives a statement: deposits are settled by that. */
  readonly isBilled: boolean;
  /** Import fee deposit still held, in minor units; several currencies are summed by what they are off. */
  readonly held: number;
  /** What its buyer deposited. */
  readonly deposit: number;
}

export interface Money {
  readonly ledgerImbalance: number;
  /** Orders whose deposit stays where it is, since their carrier bills no duty. */
  readonly depositsHeld: number;
  readonly paidOut: number;
  readonly paidWithoutLabel: number;
  readonly violations: readonly string[];
}

/** The orders with a label, once their parcels were delivered, and what the carriers' statements say otherwise (R17, R23). Pure. */
export function auditMoney(orders: readonly SettledOrder[], differences: readonly string[]): Money {
  const unsettled = orders.filter(({ hasLabel, isBilled, held }) => hasLabel && isBilled && held !== 0);
  const unbilled = orders.filter(({ hasLabel, isBilled }) => hasLabel && !isBilled);
  const touched = orders.filter(({ hasLabel, isBilled, held, deposit }) => !(hasLabel && isBilled) && held !== deposit);
  const paid = orders.filter(({ payout }) => payout === 'released');
  const paidWithoutLabel = paid.filter(({ hasLabel }) => !hasLabel).length;
  const unpaid = orders.filter(({ payout, hasLabel }) => hasLabel && payout !== 'released').length;
  const unsaid = orders.filter(
    ({ hasLabel, hasVoid, payoutReason }) => !hasLabel && hasVoid && payoutReason !== 'label_voided',
  );
  const kinds = [...Map.groupBy(differences, (kind) => kind)].map(([kind, all]) => `${all.length} ${kind}`);
  return {
    ledgerImbalance: unsettled.length + touched.length + differences.length,
    depositsHeld: unbilled.length,
    paidOut: paid.length,
    paidWithoutLabel,
    violations: [
      of(unsettled.length, 'orders hold a deposit that is not settled'),
      of(touched.length, 'orders have a deposit that is not whole though nobody billed duty'),
      of(differences.length, `differences from the carriers’ statements (${kinds.join(', ')})`),
      of(paidWithoutLabel, 'orders were paid out without a label bought here'),
      of(unpaid, 'orders whose parcel was scanned are not paid out'),
      of(unsaid.length, 'orders whose label was voided and not replaced do not say so'),
    ].flat(),
  };
}
