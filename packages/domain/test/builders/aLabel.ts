import {
  type CarrierAbilities,
  type LabelId,
  type LabelPurchase,
  type LabelRequest,
  type Parcel,
  requestLabel,
  type ShippingOffer,
} from '../../src/index.ts';
import { anOrder, orderId } from './anOrder.ts';
import { aMoment } from './moments.ts';
import { granted } from './refused.ts';

/** One of the two T-shirts, so that a second parcel has something to carry. */
export const aParcel = (change: Partial<Parcel> = {}): Parcel => ({
  weightGrams: 400,
  lengthMm: 300,
  widthMm: 200,
  heightMm: 50,
  contents: [{ lineId: 'L1', quantity: 1 }],
  ...change,
});

export const anOffer = (change: Partial<ShippingOffer> = {}): ShippingOffer => ({
  offerToken: 'offer-1',
  carrierId: 'carrier-one',
  serviceId: 'EXPRESS',
  rate: { minor: 24_50, currency: 'USD' },
  benefits: { included: ['CLAIMS_PROTECTED'] },
  labelFormats: ['PDF', 'ZPL203'],
  latestDelivery: '2026-03-10',
  validUntil: new Date(aMoment.getTime() + 600_000),
  ...change,
});

export const aLabelRequest = (change: Partial<LabelRequest> = {}): LabelRequest => ({
  labelId: 'lbl_one' as LabelId,
  parcelNo: 1,
  parcel: aParcel(),
  offer: anOffer(),
  quotedFor: { orderId, parcelNo: change.parcelNo ?? 1 },
  format: 'PDF',
  idempotencyKey: `ge-${change.labelId ?? 'lbl_one'}`,
  ...change,
});

/** A requested label, decided by the rules themselves; of an offer of its own. */
export const aLabel = (change: Partial<LabelPurchase> = {}): LabelPurchase => ({
  ...granted(
    requestLabel(
      aLabelRequest({ offer: anOffer({ offerToken: 'offer-before' }) }),
      { order: anOrder(), labels: [], suspended: false },
      aMoment,
    ),
  ),
  ...change,
});

export const aBoughtLabel = (change: Partial<LabelPurchase> = {}): LabelPurchase =>
  aLabel({
    state: 'purchased',
    fence: 1,
    sentAt: aMoment,
    requestHash: 'hash',
    charge: { minor: 24_50, currency: 'USD' },
    shipmentRef: 'shp-1',
    trackingId: '1Z-1',
    endedAt: aMoment,
    ...change,
  });

/** A carrier with everything: keys, look-up, a horizon of one minute. */
export const aCarrier = (change: Partial<CarrierAbilities> = {}): CarrierAbilities => ({
  idempotencyKey: true,
  keyLifetimeMs: 86_400_000,
  lookUp: true,
  horizonMs: 60_000,
  voidWindowDays: 30,
  ...change,
});

export const firstScans = (...scans: readonly (readonly [LabelPurchase, Date])[]): ReadonlyMap<LabelId, Date> =>
  new Map(scans.map(([label, at]) => [label.id, at]));
