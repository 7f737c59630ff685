import type { LabelPurchase } from '../label/labelPurchase.ts';
import type { ActiveSuspension } from '../region/applySuspensions.ts';
import { isSuspended } from '../region/suspendDestination.ts';
import type { Order } from './order.ts';
import { confirmByLabel } from './orderConfirmation.ts';
import { shipByDate } from './shipByDate.ts';

export interface HoldOutcome {
  readonly kind: 'held' | 'released' | 'unchanged';
  readonly order: Order;
}

/**
 * Brings an order in line with the suspensions of this moment (R13): a pending GE order to a suspended destination is held,
 * a held one is released when none stops it any more. A release gives the seller the handling time again, so that the
 * hold does not make the order late. The same list gives the same result however often it is asked.
 */
export function followSuspensions(
  order: Order,
  suspensions: readonly ActiveSuspension[],
  labels: readonly LabelPurchase[],
  timeZone: string,
  now: Date,
): HoldOutcome {
  const stopped = order.isGlobalExpress && isSuspended(order.destination, suspensions);
  if (order.state === 'pending' && stopped) return { kind: 'held', order: { ...order, state: 'held' } };
  if (order.state !== 'held' || stopped) return { kind: 'unchanged', order };
  const anew = shipByDate(now, order.handlingDays, timeZone);
  const shipBy = anew.getTime() > order.shipBy.getTime() ? anew : order.shipBy;
  const released: Order = { ...order, state: 'pending', shipBy };
  // A purchase that was under way when the hold came still counts once the hold ends (R18).
  return { kind: 'released', order: confirmByLabel(released, labels, now) };
}
