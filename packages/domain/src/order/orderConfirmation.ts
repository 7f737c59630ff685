import type { LabelPurchase } from '../label/labelPurchase.ts';
import { isWhollyLabelled } from './labelledPieces.ts';
import type { Order } from './order.ts';

/**
 * Buying a label confirms the order by itself (R18), once all that was accepted of it lies in labelled parcels: until then
 * the rest stays to be shipped (R21). Held and cancelled orders stay as they are.
 */
export const confirmByLabel = (order: Order, labels: readonly LabelPurchase[], now: Date): Order =>
  order.state === 'pending' && isWhollyLabelled(order, labels)
    ? { ...order, state: 'confirmed', confirmedAt: now }
    : order;

/** With a label voided and what lay under it not packed anew, a GE order waits for shipping again. */
export const reopenAfterVoid = (order: Order, labels: readonly LabelPurchase[]): Order =>
  order.isGlobalExpress && order.state === 'confirmed' && !isWhollyLabelled(order, labels)
    ? { ...order, state: 'pending', confirmedAt: null }
    : order;
