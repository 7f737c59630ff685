import type { CarrierRefusalCode, LabelFormat, Money } from '@ge/domain';
import type { HttpCall } from '../http/exchange.ts';
import type { CarrierProfile } from './carrier.ts';
import type { Offer, RefusedOffer } from './offer.ts';
import type { BoughtLabel, StatementPage, TrackingEvent, TrackingStatus } from './outcome.ts';
import type { PreparedPurchase, PurchaseIntent, PurchaseReference, QuoteRequest } from './shipment.ts';

/** A document as it came over the wire, its checksum not yet verified. */
export interface WireDocument {
  readonly format: LabelFormat;
  readonly bytes: Uint8Array;
  readonly checksum: {
    readonly algorithm: 'sha256' | 'md5';
    readonly digest: string;
    readonly encoding: 'hex' | 'base64';
  };
}

/** A purchase as the carrier states it. */
export interface WireLabel extends BoughtLabel {
  /** Our reference as the carrier repeats it. */
  readonly reference: string;
  readonly voided: boolean;
  readonly boughtAt: Date;
  readonly document?: WireDocument | undefined;
  readonly invoice?: WireDocument | undefined;
}

export interface WireError {
  readonly carrierCode: string;
  /** undefined = a code this dialect does not know. */
  readonly code?: CarrierRefusalCode | undefined;
  /** The key was used before with another body: something may have been bought under it. */
  readonly keyConflict?: boolean | undefined;
}

/** An offer before the programme's own screening: what the carrier says of the service itself. */
export interface WireOffer extends Omit<Offer, 'benefits'> {
  readonly isTracked: boolean;
  readonly clearsDutyPaid: boolean;
}

/**
 * One carrier's wire format as pure functions. A reader returns undefined for an answer it cannot read;
 * what that means for the purchase is decided in one place for all dialects.
 */
export interface Dialect {
  readonly profile: CarrierProfile;
  /** Where a simulator of this carrier says that it is one, beside what it sells; absent where there is no such simulator. */
  readonly simulatorPath?: `/${string}`;
  /** Headers of every call, the credentials among them. */
  headers(apiKey: string): Readonly<Record<string, string>>;
  quote(request: QuoteRequest): HttpCall;
  readQuote(
    json: unknown,
  ): { readonly offers: readonly WireOffer[]; readonly refused: readonly RefusedOffer[] } | undefined;
  prepare(intent: PurchaseIntent): PreparedPurchase;
  purchase(prepared: PreparedPurchase): HttpCall;
  readPurchase(json: unknown): WireLabel | undefined;
  lookUp(purchase: PurchaseReference): HttpCall;
  readLookUp(json: unknown): readonly WireLabel[] | undefined;
  void(shipmentId: string): HttpCall;
  readVoid(json: unknown): { readonly refund: Money } | undefined;
  track(trackingId: string): HttpCall;
  readTracking(
    json: unknown,
  ): { readonly status: TrackingStatus; readonly events: readonly TrackingEvent[] } | undefined;
  statement(afterLineNo: number): HttpCall;
  readStatement(json: unknown): StatementPage | undefined;
  readError(json: unknown): WireError | undefined;
}
