/** What an offer was made for: the shipment at EasyPost, one of its rates, and the hash of all that was said of the parcel. */
export interface OfferNamed {
  readonly shipmentId: string;
  readonly rateId: string;
  readonly hash: string;
}

export const offerTokenFor = ({ shipmentId, rateId, hash }: OfferNamed): string => `${shipmentId}.${rateId}.${hash}`;

/** undefined for what is no such token. */
export function offerNamed(token: string): OfferNamed | undefined {
  const [, shipmentId, rateId, hash] = /^(shp_\w{1,64})\.(rate_\w{1,64})\.([0-9a-f]{64})$/.exec(token) ?? [];
  return shipmentId && rateId && hash ? { shipmentId, rateId, hash } : undefined;
}
