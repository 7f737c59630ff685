import type { CalendarDate, CarrierRefusalCode, LabelFormat, Money } from '@ge/domain';
import type { HttpCall } from '../http/exchange.ts';
import type { CarrierProfile } from './carrier.ts';
import type { Offer, RefusedOffer } from './offer.ts';
import type { BoughtLabel, StatementPage, TrackingEvent, TrackingStatus, UnknownReason } from './outcome.ts';
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

/** A document that has to be fetched from where the carrier keeps it, without a checksum. */
export interface WireDocumentLink {
  readonly format: LabelFormat;
  readonly url: string;
}

/** A purchase as the carrier states it. */
export interface WireLabel extends BoughtLabel {
  /** What the purchase is named by, as the carrier repeats it. */
  readonly reference: string;
  readonly voided: boolean;
  readonly boughtAt: Date;
  readonly document?: WireDocument | WireDocumentLink | undefined;
  readonly invoice?: WireDocument | undefined;
}

export interface WireError {
  readonly carrierCode: string;
  /** undefined = a code this dialect does not know. */
  readonly code?: CarrierRefusalCode | undefined;
  /** Why something may have been bought all the same: then it is no refusal. */
  readonly doubt?: UnknownReason | undefined;
}

/** What a carrier says of a void; `standing`: the label has not been taken back, nor asked for. */
export type WireVoid =
  | { readonly kind: 'voided'; readonly refund: Money }
  | { readonly kind: 'pending' }
  | { readonly kind: 'refused'; readonly code: CarrierRefusalCode }
  | { readonly kind: 'standing' };

export interface WireTracking {
  readonly status: TrackingStatus;
  readonly events: readonly TrackingEvent[];
}

/** Days (UTC) that a report is about, first and last; whether the last belongs to it differs, so it may be read either way. */
export interface ReportRange {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

/** A report that a carrier makes of what it bills. */
export interface WireReport {
  readonly id: string;
  readonly range: ReportRange;
  readonly state: 'being_made' | 'made' | 'empty' | 'failed';
  readonly createdAt: Date;
  /** Where it lies; only of a report that was just asked for, and not for long. */
  readonly url?: string | undefined;
}

/** A statement that is read out of reports: nothing of one is kept here, so it is found again by the days that it is about. */
export interface ReportDialect {
  /** Where the statement goes on, in reports to be tried one after the other until one is not too large. */
  ranges(afterLineNo: number, now: Date): readonly ReportRange[];
  /** The newest ones. */
  list(): HttpCall;
  readList(json: unknown): readonly WireReport[] | undefined;
  create(range: ReportRange): HttpCall;
  show(id: string): HttpCall;
  readReport(json: unknown): WireReport | undefined;
  /** Whether a report says what is known at this moment. */
  isFresh(report: WireReport, now: Date): boolean;
  readPage(
    text: string,
    report: WireReport,
    asked: { readonly afterLineNo: number; readonly now: Date },
  ): StatementPage | undefined;
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
  /**
   * Hosts that documents may be fetched from over https; present where they come by link and not within the answer. A purchase is
   * then never stated without its document.
   */
  readonly documentHosts?: readonly string[];
  /** Headers of every call, the credentials among them. */
  headers(apiKey: string): Readonly<Record<string, string>>;
  quote(request: QuoteRequest): HttpCall;
  readQuote(
    json: unknown,
    request: QuoteRequest,
  ): { readonly offers: readonly WireOffer[]; readonly refused: readonly RefusedOffer[] } | undefined;
  prepare(intent: PurchaseIntent): PreparedPurchase;
  /** undefined = the offer was made for another shipment than this: nothing is to be sent. */
  purchase(prepared: PreparedPurchase): HttpCall | undefined;
  /** What an answer has to name for it to be about this purchase. */
  nameOf(purchase: PurchaseReference): string;
  readPurchase(json: unknown): WireLabel | undefined;
  /** undefined = what names the purchase cannot be read. */
  lookUp(purchase: PurchaseReference): HttpCall | undefined;
  readLookUp(json: unknown): readonly WireLabel[] | undefined;
  /** Asked before a void, where voiding twice is not the same as once. */
  standing?(shipmentId: string): HttpCall;
  readStanding?(json: unknown): WireVoid | undefined;
  void(shipmentId: string): HttpCall;
  readVoid(json: unknown): WireVoid | undefined;
  track(trackingId: string): HttpCall;
  /** null = the carrier says that it knows no such parcel. */
  readTracking(json: unknown, trackingId: string): WireTracking | null | undefined;
  /** Both absent where the carrier does not answer with a page of its statement. */
  statement?(afterLineNo: number): HttpCall;
  readStatement?(json: unknown): StatementPage | undefined;
  /** Instead of the two where it writes reports that are fetched once they are made; absent together, it gives no statement. */
  readonly reports?: ReportDialect;
  readError(json: unknown, status: number): WireError | undefined;
}
