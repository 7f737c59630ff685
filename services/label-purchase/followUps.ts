import { buyLabel, decidePayout, quoteLabelAgain, reclaimCharge, resolveLabel } from '@ge/contracts';
import { type LabelRow, type MessageRow, type Outgoing, outgoing } from '@ge/database';
import type { ChargeReclaim } from '@ge/domain';

type Label = Pick<LabelRow, 'id' | 'orderId' | 'sellerId'>;

const told = ({ id, sellerId }: Label, { operationId }: MessageRow) => ({
  payload: { sellerId, labelId: id },
  sellerId,
  operationId,
});

/** The payout of the label's order is decided anew (R17). */
export const payoutOf = ({ orderId, sellerId }: Label, { operationId }: MessageRow): Outgoing =>
  outgoing(decidePayout, { payload: { sellerId, orderId }, sellerId, operationId });

/** What became of the purchase is found out, from `dueAt` on. */
export const resolutionOf = (label: Label, message: MessageRow, dueAt: Date): Outgoing =>
  outgoing(resolveLabel, { ...told(label, message), dueAt });

/** What was not bought, provably or because nothing was sent yet, is bought, with the same key and the same body. */
export const purchaseOf = (label: Label, message: MessageRow): Outgoing => outgoing(buyLabel, told(label, message));

/** The offer of the label has ended before anything was sent: what its service costs now is asked. */
export const secondQuoteOf = (label: Label, message: MessageRow): Outgoing =>
  outgoing(quoteLabelAgain, told(label, message));

/**
 * The carrier is asked to take back what it charged beside a label. It is nothing that the seller asked for: without an operation
 * where there is none but that of a purchase, which would stay open until the carrier has decided.
 */
export const reclaimOfCharge = (reclaim: ChargeReclaim, operationId: MessageRow['operationId'] = null): Outgoing => {
  const { sellerId, labelId, carrierId, shipmentRef } = reclaim;
  return outgoing(reclaimCharge, { payload: { sellerId, labelId, carrierId, shipmentRef }, sellerId, operationId });
};
