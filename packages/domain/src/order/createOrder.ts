import { validateDestinationAddress } from '../address/destinationAddress.ts';
import { accept, type Decision, type Refusal, refuse } from '../refusal/refusal.ts';
import { isEmbargoedPlace, isUnclearPlace } from '../region/servedDestinations.ts';
import { decideLines } from './decideLines.ts';
import type { Order, OrderLine } from './order.ts';
import { orderRefusals } from './orderRefusals.ts';
import { type CheckoutRequest, type OrderContext, type OrderRequest, requestRefusals } from './orderRequest.ts';
import { shipByDate } from './shipByDate.ts';

/** What checkout is told before the buyer pays. */
export interface CheckoutAnswer {
  /** At least one line would be accepted. */
  readonly acceptable: boolean;
  readonly lines: readonly OrderLine[];
  readonly shipBy: Date;
}

/** The same decision as `createOrder`, without an address and without an order: refused lines come with their reasons. */
export function checkOrder(request: CheckoutRequest, context: OrderContext): Decision<CheckoutAnswer> {
  const malformed = requestRefusals(request);
  if (malformed.length > 0) return refuse(...malformed);
  const lines = decideLines(request, context);
  return accept({
    acceptable: lines.some((line) => line.accepted),
    lines,
    shipBy: shipByDate(context.now, request.handlingDays, context.seller.timeZone),
  });
}

/**
 * Takes an order in. Refused lines stay on it with their reasons; with every line refused the order is refused.
 * It keeps the versions it was decided on: later changes of templates and settings do not touch it.
 */
export function createOrder(request: OrderRequest, context: OrderContext): Decision<Order> {
  const malformed = requestRefusals(request);
  const address = addressDecision(request, context.now);
  if (malformed.length > 0 || !address.ok) return refuse(...malformed, ...(address.ok ? [] : address.refusals));
  const lines = decideLines(request, context);
  if (!lines.some((line) => line.accepted)) {
    const params = { count: lines.length, destination: request.destination };
    const reasons = lines.flatMap((line) => line.refusals);
    return refuse(orderRefusals.refusal('order.all_lines_refused', '/lines', params), ...reasons);
  }
  const { seller, suspensions, now } = context;
  return accept(
    {
      id: request.id,
      sellerId: seller.id,
      isGlobalExpress: request.isGlobalExpress,
      destination: request.destination,
      shipTo: address.value,
      lines,
      state: 'pending',
      handlingDays: request.handlingDays,
      shipBy: shipByDate(now, request.handlingDays, seller.timeZone),
      importFeeDeposit: request.importFeeDeposit,
      payout: 'pending',
      payoutReason: null,
      regionSettingVersion: context.setting?.version ?? 0,
      suspensionVersion: suspensions.version,
      createdAt: now,
      confirmedAt: null,
      cancelledBy: null,
      countsAgainstSeller: null,
      refundedBy: null,
      refundedAt: null,
    },
    address.warnings,
  );
}

/** Where a GE order goes must be deliverable as written; a domestic address is the marketplace's own affair. */
export function addressDecision(
  { isGlobalExpress, destination, shipTo }: Pick<OrderRequest, 'isGlobalExpress' | 'destination' | 'shipTo'>,
  now: Date,
): Decision<OrderRequest['shipTo']> {
  if (!isGlobalExpress) return accept(shipTo);
  const address = validateDestinationAddress(shipTo, '/shipTo');
  if (!address.ok) return address;
  const refusals: Refusal[] = [];
  const { country, state, postalCode } = address.value;
  if (country !== destination) {
    refusals.push(orderRefusals.refusal('order.destination_differs', '/shipTo/country', { country, destination }));
  }
  if (isEmbargoedPlace({ country, subdivision: state, postalCode }, now)) {
    refusals.push(orderRefusals.refusal('order.place_embargoed', '/shipTo', { country }));
  } else if (isUnclearPlace({ country, subdivision: state, postalCode }, now)) {
    refusals.push(orderRefusals.refusal('order.place_unclear', '/shipTo/postalCode', { country }));
  }
  return refusals.length > 0 ? refuse(...refusals) : address;
}
