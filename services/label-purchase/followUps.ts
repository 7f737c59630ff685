import { buyLabel, decidePayout, resolveLabel } from '@ge/contracts';
import { type LabelRow, type MessageRow, type Outgoing, outgoing } from '@ge/database';

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

/** What was provably not bought is bought, with the same key and the same body. */
export const purchaseOf = (label: Label, message: MessageRow): Outgoing => outgoing(buyLabel, told(label, message));
