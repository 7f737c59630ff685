import type { Order } from './order.ts';

const DAY_MS = 86_400_000;

/**
 * Whether the buyer's address has been kept long enough. An order still to be shipped keeps it. A confirmed one keeps it
 * for `days` after its confirmation, for labels that are voided and bought anew; a cancelled one is never sent and keeps it
 * for `days` after it was placed.
 */
export function isAddressDue(
  order: Pick<Order, 'state' | 'shipTo' | 'createdAt' | 'confirmedAt'>,
  days: number,
  now: Date,
): boolean {
  if (order.shipTo === null) return false;
  if (order.state !== 'confirmed' && order.state !== 'cancelled') return false;
  const since = order.state === 'confirmed' ? (order.confirmedAt ?? order.createdAt) : order.createdAt;
  return since.getTime() + days * DAY_MS <= now.getTime();
}
