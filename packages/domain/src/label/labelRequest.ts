import type { LabelBatchId, LabelId, OrderId } from '../identity/ids.ts';
import type { Order } from '../order/order.ts';
import { accept, type Decision, type Refusal, refuse } from '../refusal/refusal.ts';
import type { LabelFormat, LabelPurchase, PackedLabel } from './labelPurchase.ts';
import { labelRefusals } from './labelRefusals.ts';
import { isActiveLabel } from './labelTransitions.ts';
import { packedElsewhere } from './packedParcels.ts';
import { type Parcel, validateParcel } from './parcel.ts';
import type { PriceTolerance } from './priceTolerance.ts';
import { isProtectedOffer, refusalsOfOffer, type ShippingOffer } from './shippingOffer.ts';

/** Parcels one order may be shipped in. */
export const MAX_PARCELS = 99;

export interface LabelRequest {
  readonly labelId: LabelId;
  readonly parcelNo: number;
  readonly parcel: Parcel;
  readonly offer: ShippingOffer;
  /** The parcel the offer was made for. */
  readonly quotedFor: { readonly orderId: OrderId; readonly parcelNo: number };
  readonly format: LabelFormat;
  /** What the carrier knows repeats by; derived from carrier and label id alone, never from a job or an attempt. */
  readonly idempotencyKey: string;
  /** Where the seller stated one, an offer that has ended is taken too: it is quoted again before it is bought. */
  readonly priceTolerance?: PriceTolerance | null;
  readonly batchId?: LabelBatchId | null;
}

/** What the request is judged against: the order, every label it has, and whether its destination is suspended now. */
export interface LabelRequestContext {
  readonly order: Order;
  readonly labels: readonly PackedLabel[];
  readonly suspended: boolean;
}

/** Whether the order may get a label at all; asked for quotes as well as for purchases. */
export function labelOrderRefusals({ order, suspended }: Omit<LabelRequestContext, 'labels'>): readonly Refusal[] {
  if (!order.isGlobalExpress) return [labelRefusals.refusal('label.order_not_ge', '')];
  const refusals: Refusal[] = [];
  // Once all of it has labels the order is confirmed (R18); a replacement then finds it so.
  if (order.state !== 'pending' && order.state !== 'confirmed') {
    refusals.push(labelRefusals.refusal('label.order_not_open', '', { state: order.state }));
  }
  if (suspended) {
    refusals.push(labelRefusals.refusal('label.destination_suspended', '', { destination: order.destination }));
  }
  if (order.shipTo === null) refusals.push(labelRefusals.refusal('label.address_erased', ''));
  return refusals;
}

/** Whether the parcel has a label already that is bought or may yet be; one more would be one too many (R17). */
export function rivalRefusals(labels: readonly PackedLabel[], parcelNo: number): readonly Refusal[] {
  const rival = labels.find((label) => isActiveLabel(label) && label.parcelNo === parcelNo);
  if (!rival) return [];
  const params = { parcelNo, labelId: rival.id, state: rival.state };
  return [labelRefusals.refusal('label.already_active', '/parcelNo', params)];
}

/**
 * One intent to buy (R17). Refused for orders that are not open GE orders, for a parcel that has an active label,
 * for parcels and offers that do not fit, and for an offer that has sold a label before.
 */
export function requestLabel(request: LabelRequest, context: LabelRequestContext, now: Date): Decision<LabelPurchase> {
  const { order, labels } = context;
  const { parcelNo, parcel, offer, quotedFor, format } = request;
  const refusals: Refusal[] = [...labelOrderRefusals(context)];
  if (!Number.isSafeInteger(parcelNo) || parcelNo < 1 || parcelNo > MAX_PARCELS) {
    refusals.push(labelRefusals.refusal('parcel.no_invalid', '/parcelNo', { max: MAX_PARCELS }));
  }
  const rivals = rivalRefusals(labels, parcelNo);
  refusals.push(...rivals);
  // A carrier may sell an offer once: another label of it would be taken for the first one.
  const isUsed = labels.some(({ state, offerToken }) => state !== 'refused' && offerToken === offer.offerToken);
  if (isUsed && rivals.length === 0) {
    refusals.push(labelRefusals.refusal('label.offer_used', '/offer', { serviceId: offer.serviceId }));
  }
  const packed = validateParcel(parcel, order, packedElsewhere(labels, parcelNo));
  if (!packed.ok) refusals.push(...packed.refusals);
  if (quotedFor.orderId !== order.id || quotedFor.parcelNo !== parcelNo) {
    refusals.push(labelRefusals.refusal('label.offer_of_other_order', '/offer'));
  }
  const { priceTolerance = null, batchId = null } = request;
  refusals.push(...refusalsOfOffer(offer, format, priceTolerance ? null : now));
  if (refusals.length > 0) return refuse(...refusals);
  return accept({
    id: request.labelId,
    orderId: order.id,
    sellerId: order.sellerId,
    parcelNo,
    parcel,
    state: 'requested',
    fence: 0,
    leaseUntil: null,
    carrierId: offer.carrierId,
    serviceId: offer.serviceId,
    offerToken: offer.offerToken,
    quoted: offer.rate,
    quotedUntil: offer.validUntil,
    requoted: null,
    priceTolerance,
    batchId,
    format,
    isProtected: isProtectedOffer(offer),
    idempotencyKey: request.idempotencyKey,
    requestHash: null,
    sentAt: null,
    lookUps: 0,
    charge: null,
    shipmentRef: null,
    trackingId: null,
    documentId: null,
    reason: null,
    createdAt: now,
    endedAt: null,
  });
}
