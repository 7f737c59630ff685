import type { LabelPurchase } from '../label/labelPurchase.ts';
import type { Money } from '../money/money.ts';
import type { ChargeReclaim } from './chargeReclaim.ts';
import { type LedgerTransfer, transferOf } from './ledgerTransfer.ts';

type PaidLabel = Pick<LabelPurchase, 'id' | 'orderId' | 'sellerId' | 'carrierId'>;

const about = ({ id, orderId, sellerId, carrierId }: PaidLabel) => ({ orderId, sellerId, labelId: id, carrierId });

/** What a carrier charges for a label; once for a label, whoever writes it down. */
export const chargeLabel = (label: PaidLabel, charge: Money, now: Date): readonly LedgerTransfer[] =>
  transferOf('label_charge', label.id, about(label), charge, now);

/** What a carrier gives back for a voided label. */
export const refundLabel = (label: PaidLabel, refund: Money, now: Date): readonly LedgerTransfer[] =>
  transferOf('label_refund', label.id, about(label), refund, now);

/** What a carrier bills later, above zero, or gives back, below, since a parcel was not what it was declared to be. */
export const adjustLabel = (label: PaidLabel, lineNo: number, by: Money, now: Date): readonly LedgerTransfer[] =>
  transferOf('label_adjustment', `${label.carrierId}/${lineNo}`, about(label), by, now);

/** Duty and tax that a carrier paid at clearance (R23). */
export const payDuty = (label: PaidLabel, lineNo: number, duty: Money, now: Date): readonly LedgerTransfer[] =>
  transferOf('import_duty', `${label.carrierId}/${lineNo}`, about(label), duty, now);

/**
 * A charge beside that of the label, and what the carrier gave back of it: both at once, since before that it is a difference. The
 * platform paid it, not the seller, and bears what is missing.
 */
export function takeBackCharge(
  { labelId, orderId, sellerId, carrierId, shipmentRef, charged, refund }: Omit<ChargeReclaim, 'state'>,
  now: Date,
): readonly LedgerTransfer[] {
  if (refund === null) return [];
  const of = { orderId, sellerId, labelId, carrierId };
  const key = `${carrierId}/${shipmentRef}`;
  return [
    ...transferOf('further_charge', key, of, charged, now),
    ...transferOf('further_refund', key, of, refund, now),
  ];
}
