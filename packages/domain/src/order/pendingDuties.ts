import type { CountryCode, OrderId } from '../identity/ids.ts';
import type { Order, OrderState } from './order.ts';

/** A GE order the seller still has to ship, whatever became of the templates since. */
export interface PendingDuty {
  readonly orderId: OrderId;
  readonly destination: CountryCode;
  readonly state: OrderState;
  /** The last moment of the ship-by date; a held order is not due while it is held. */
  readonly shipBy: Date;
  readonly overdue: boolean;
}

/** Pending GE orders stay the seller's duty after deactivation (R21): listed with due dates, the most urgent first. */
export function pendingDuties(orders: readonly Order[], now: Date): readonly PendingDuty[] {
  return orders
    .filter((order) => order.isGlobalExpress && (order.state === 'pending' || order.state === 'held'))
    .map(({ id, destination, state, shipBy }) => ({
      orderId: id,
      destination,
      state,
      shipBy,
      overdue: state === 'pending' && now.getTime() > shipBy.getTime(),
    }))
    .sort((a, b) => a.shipBy.getTime() - b.shipBy.getTime() || (a.orderId < b.orderId ? -1 : 1));
}
