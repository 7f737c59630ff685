import type { PackedLabel } from '../label/labelPurchase.ts';
import { isWhollyLabelled } from './labelledPieces.ts';
import type { ShippedOrder } from './order.ts';

/**
 * Buying a label confirms the order by itself (R18), once all that was accepted of it lies in labelled parcels: until then
 * the rest stays to be shipped (R21). Held and cancelled orders stay as they are.
 */
export const confirmByLabel = <O extends ShippedOrder>(order: O, labels: readonly PackedLabel[], now: Date): O =>
  order.state === 'pending' && isWhollyLabelled(order, labels)
    ? { ...order, state: 'confirmed', confirmedAt: now }
    : order;

/** With a label voided and what lay under it not packed anew, a GE order waits for shipping again. */
export const reopenAfterVoid = <O extends ShippedOrder>(order: O, labels: readonly PackedLabel[]): O =>
  order.isGlobalExpress && order.state === 'confirmed' && !isWhollyLabelled(order, labels)
    ? { ...order, state: 'pending', confirmedAt: null }
    : order;
