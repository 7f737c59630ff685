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

type FurtherShipment = Pick<ChargeReclaim, 'labelId' | 'orderId' | 'sellerId' | 'carrierId' | 'shipmentRef'>;
type FurtherCharge = FurtherShipment & Pick<ChargeReclaim, 'charged'>;

const keyOf = ({ carrierId, shipmentRef }: FurtherShipment): string => `${carrierId}/${shipmentRef}`;

/** A charge beside that of the label, once for a shipment: the platform pays it, not the seller, until it is given back. */
export const chargeFurther = (reclaim: FurtherCharge, now: Date): readonly LedgerTransfer[] =>
  transferOf('further_charge', keyOf(reclaim), reclaim, reclaim.charged, now);

/** What a carrier bills of such a shipment beside its charge, above zero, or gives back, below: a reseller's fee. */
export const adjustFurther = (
  shipment: FurtherShipment,
  lineNo: number,
  by: Money,
  now: Date,
): readonly LedgerTransfer[] => transferOf('further_charge', `${keyOf(shipment)}/${lineNo}`, shipment, by, now);

/** What the carrier gave back of such a charge. The charge goes with it: of a reclaim of an older version it is not booked yet. */
export const refundFurther = (reclaim: FurtherCharge, refund: Money, now: Date): readonly LedgerTransfer[] => [
  ...chargeFurther(reclaim, now),
  ...transferOf('further_refund', keyOf(reclaim), reclaim, refund, now),
];

/**
 * Books back what was booked of a shipment beside that of its label, since it is the label's own after all: its charge is booked by
 * the label. What was billed beside that charge is the label's, too, and booked as such. Each once, however often it is asked for.
 * @param booked what is booked of the label so far
 */
export function bookBackFurther(
  shipment: FurtherShipment,
  booked: readonly LedgerTransfer[],
  now: Date,
): readonly LedgerTransfer[] {
  const key = keyOf(shipment);
  return booked.flatMap((transfer) => {
    const { id, kind, debit, credit, minor, currency } = transfer;
    const ofShipment = id === `${kind}/${key}`;
    const lineNo = ofShipment ? null : lineOf(id, `further_charge/${key}/`);
    if (!isFurther(kind) || !(ofShipment || lineNo !== null)) return [];
    const back = { ...transfer, id: `${id}/back`, debit: credit, credit: debit, bookedAt: now };
    if (lineNo === null) return [back];
    const by = { minor: credit === 'carrier' ? minor : -minor, currency };
    return [back, ...adjustLabel({ ...shipment, id: shipment.labelId }, lineNo, by, now)];
  });
}

const isFurther = (kind: LedgerTransfer['kind']): boolean => kind === 'further_charge' || kind === 'further_refund';

/** The number of the line that a transfer was booked by; null where it was by none. */
function lineOf(id: string, prefix: string): number | null {
  const rest = id.startsWith(prefix) ? id.slice(prefix.length) : '';
  return /^\d+$/.test(rest) ? Number(rest) : null;
}
