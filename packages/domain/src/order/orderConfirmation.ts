import type { LabelPurchase } from '../label/labelPurchase.ts';
import { isBoughtLabel } from '../label/labelTransitions.ts';
import type { Order } from './order.ts';

/** Buying a label confirms the order by itself (R18). Held and cancelled orders stay as they are. */
export const confirmByLabel = (order: Order, now: Date): Order =>
  order.state === 'pending' ? { ...order, state: 'confirmed', confirmedAt: now } : order;

/** With its last label voided a GE order waits for shipping again. */
export const reopenAfterVoid = (order: Order, labels: readonly LabelPurchase[]): Order =>
  order.isGlobalExpress && order.state === 'confirmed' && !labels.some(isBoughtLabel)
    ? { ...order, state: 'pending', confirmedAt: null }
    : order;
