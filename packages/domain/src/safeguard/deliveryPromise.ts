import { needsBuyerIdentity } from '../eligibility/buyerIdentity.ts';
import type { CountryCode } from '../identity/ids.ts';
import { addCalendarDays, type CalendarDate } from '../time/calendarDate.ts';
import { safeguardPolicyAt } from './safeguardPolicies.ts';

export interface DeliveryPromise {
  readonly deliverBy: CalendarDate;
  /** Days added because the carrier asks the buyer for an identity number; 0 where it does not. */
  readonly identityCheckDays: number;
}

/**
 * What the buyer is promised: the latest estimated delivery, extended where the carrier needs the buyer's identity number,
 * so that the wait for it counts against no one (R22). `placedAt` chooses the versions of both tables.
 */
export function deliveryPromise(
  destination: CountryCode,
  latestDelivery: CalendarDate,
  placedAt: Date,
): DeliveryPromise {
  const identityCheckDays = needsBuyerIdentity(destination, placedAt)
    ? safeguardPolicyAt(placedAt).identityCheckDays
    : 0;
  return { deliverBy: addCalendarDays(latestDelivery, identityCheckDays), identityCheckDays };
}

/** Whether a delivery came after the promise, the extension included. */
export const isDeliveredLate = (promise: DeliveryPromise, deliveredOn: CalendarDate): boolean =>
  deliveredOn > promise.deliverBy;
