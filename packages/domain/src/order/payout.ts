import type { LabelId } from '../identity/ids.ts';
import type { PackedLabel } from '../label/labelPurchase.ts';
import { isBoughtLabel, isUndecidedLabel } from '../label/labelTransitions.ts';
import { isWhollyLabelled } from './labelledPieces.ts';
import type { PayoutReason, PayoutState, ShippedOrder } from './order.ts';

/** What is known of an order's labels and parcels. */
export interface PayoutEvidence {
  readonly labels: readonly PackedLabel[];
  /** First carrier scan of each label that has one. */
  readonly firstScans: ReadonlyMap<LabelId, Date>;
  /** A carrier has reported the order under a label that was not bought here. */
  readonly outsideLabelReported: boolean;
}

export interface PayoutDecision {
  readonly payout: PayoutState;
  readonly payoutReason: PayoutReason | null;
}

const PENDING: PayoutDecision = { payout: 'pending', payoutReason: null };
const RELEASED: PayoutDecision = { payout: 'released', payoutReason: null };
const withheld = (payoutReason: PayoutReason): PayoutDecision => ({ payout: 'withheld', payoutReason });

/**
 * Payout of a GE order (R17), computed anew from all that is known, so repeats and late news do no harm.
 * Released once all that was accepted lies in parcels with labels bought here and each of them has its first carrier scan,
 * and then final, as is `outside_label`. Lateness and a void withhold it only until labels bought here after all are scanned.
 * Domestic orders are paid when the seller confirms them.
 */
export function decidePayout(order: ShippedOrder, evidence: PayoutEvidence, now: Date): PayoutDecision {
  if (order.payout === 'released') return RELEASED;
  if (!order.isGlobalExpress) return order.state === 'confirmed' ? RELEASED : afterCancel(order);
  if (order.payoutReason === 'outside_label' || evidence.outsideLabelReported) return withheld('outside_label');
  const bought = evidence.labels.filter(isBoughtLabel);
  if (isWhollyLabelled(order, bought)) return everyParcelScanned(bought, evidence.firstScans) ? RELEASED : PENDING;
  if (order.state === 'cancelled') return withheld('order_cancelled');
  const late = order.state !== 'held' && now.getTime() > order.shipBy.getTime();
  const replacing = evidence.labels.some(isUndecidedLabel);
  const isReplaced = (parcelNo: number) => bought.some((label) => label.parcelNo === parcelNo);
  if (!replacing && evidence.labels.some(({ state, parcelNo }) => state === 'voided' && !isReplaced(parcelNo))) {
    return withheld('label_voided');
  }
  return late ? withheld('ship_by_passed') : PENDING;
}

/** A parcel whose void was refused may have a second label; one of them travels. */
function everyParcelScanned(bought: readonly PackedLabel[], firstScans: ReadonlyMap<LabelId, Date>): boolean {
  const scanned = new Set(bought.filter((label) => firstScans.has(label.id)).map((label) => label.parcelNo));
  return bought.every((label) => scanned.has(label.parcelNo));
}

const afterCancel = (order: ShippedOrder): PayoutDecision =>
  order.state === 'cancelled' ? withheld('order_cancelled') : PENDING;

/** The order with its payout as decided; the same object when nothing changes. */
export function withPayout<O extends ShippedOrder>(order: O, evidence: PayoutEvidence, now: Date): O {
  const { payout, payoutReason } = decidePayout(order, evidence, now);
  return payout === order.payout && payoutReason === order.payoutReason ? order : { ...order, payout, payoutReason };
}
