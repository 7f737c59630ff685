import type { BookedCharge } from '../carrierBook.ts';

/** A charge in the express carrier's book for a label; where it was voided, all of it was given back. */
export const bookedCharge = (reference: string, voidedAt: string | null = null): BookedCharge => ({
  carrier: 'express',
  shipmentId: `shp-${reference}`,
  trackingId: `trk-${reference}`,
  reference,
  chargedMinor: 2_450,
  currency: 'USD',
  voidedAt,
  refundedMinor: voidedAt ? 2_450 : 0,
});
