import type { LabelFormat } from '@ge/domain';
import type { BuyOutcome, LookUpOutcome, QuoteOutcome, TrackOutcome, VoidOutcome } from './outcome.ts';
import type { PreparedPurchase, PurchaseIntent, PurchaseReference, QuoteRequest } from './shipment.ts';

/** What a carrier promises about lost answers; decides what may follow an unknown outcome. */
export interface CarrierProfile {
  readonly id: string;
  readonly name: string;
  /** Honours an idempotency key: the same key and body are charged once. */
  readonly idempotencyKeys: boolean;
  /** Can say whether something was bought under our key or reference. */
  readonly lookUp: boolean;
  /** How long after a request was sent its charge may still land. */
  readonly horizonSeconds: number;
  readonly labelFormats: readonly LabelFormat[];
}

export interface CallOptions {
  /** An abort after the request went out makes the outcome unknown; do not pass a shutdown signal to `buy`. */
  readonly signal?: AbortSignal | undefined;
  /** For the whole exchange, body included. */
  readonly timeoutMs: number;
}

/**
 * Buy Shipping at one carrier: quote → prepare → buy → look up → void → track.
 * No method throws for what a carrier or the network does; every outcome says what may be done next.
 */
export interface Carrier {
  readonly profile: CarrierProfile;
  quote(request: QuoteRequest, options: CallOptions): Promise<QuoteOutcome>;
  /** Pure: the same intent gives the same key and the same bytes. Throws RangeError when `intentId` is not a usable reference. */
  prepare(intent: PurchaseIntent): PreparedPurchase;
  buy(prepared: PreparedPurchase, options: CallOptions): Promise<BuyOutcome>;
  /** `sentAt` is when the purchase was last sent; `now` when this question is asked. */
  lookUp(
    purchase: PurchaseReference & { readonly sentAt: Date },
    options: CallOptions & { readonly now: Date },
  ): Promise<LookUpOutcome>;
  void(shipmentId: string, options: CallOptions): Promise<VoidOutcome>;
  track(trackingId: string, options: CallOptions): Promise<TrackOutcome>;
}

/**
 * What may follow an unknown outcome: ask the carrier; where it cannot be asked, send the same key and body again;
 * where it offers neither, only a human can tell.
 */
export function afterUnknown(profile: CarrierProfile): 'look_up' | 'repeat' | 'park' {
  if (profile.lookUp) return 'look_up';
  return profile.idempotencyKeys ? 'repeat' : 'park';
}
