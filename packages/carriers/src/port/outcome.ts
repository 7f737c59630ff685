import type { CarrierRefusalCode, LabelFormat, Money, StatementLine } from '@ge/domain';
import type { HeldCall } from './gate.ts';
import type { Offer, RefusedOffer } from './offer.ts';

/**
 * The carrier provably did not do what was asked.
 * `retry`: `never` = the same request will be refused again; `later` = the same request may be sent again
 * (same key, same body), not before `retryAfterSeconds` where given.
 */
export interface CarrierRefusal {
  readonly code: CarrierRefusalCode;
  /** Fixed English text of the code; never the carrier's own words, which may repeat an address. */
  readonly message: string;
  readonly retry: 'never' | 'later';
  readonly retryAfterSeconds?: number | undefined;
  /** The carrier's own code, cut to harmless characters; for operators. */
  readonly carrierCode?: string | undefined;
}

/** Why it is not known whether the carrier acted. */
export type UnknownReason =
  | 'TIMEOUT'
  | 'ABORTED'
  | 'CONNECTION_LOST'
  | 'SERVER_ERROR'
  | 'UNEXPECTED_STATUS'
  | 'ANSWER_TOO_LARGE'
  | 'ANSWER_UNREADABLE'
  | 'ANSWER_WITHOUT_LABEL'
  | 'ANSWER_FOR_ANOTHER_PURCHASE'
  | 'LABEL_DAMAGED'
  | 'DOCUMENT_NOT_FETCHED'
  | 'KEY_USED_WITH_ANOTHER_BODY'
  /** What was to be bought is bought already, by this request sent before or by whoever. */
  | 'BOUGHT_BEFORE'
  | 'BEING_BOUGHT'
  /** A reseller waited for the carrier behind it in vain. */
  | 'CARRIER_SILENT'
  | 'LOOK_UP_NOT_SUPPORTED'
  | 'RATE_LIMITED'
  | 'UNREACHABLE'
  | 'CREDENTIALS_REFUSED';

export interface CarrierDocument {
  readonly format: LabelFormat;
  readonly bytes: Uint8Array;
  /** SHA-256 of `bytes`, hex. The carrier's own checksum was verified before. */
  readonly sha256: string;
}

export interface BoughtLabel {
  readonly trackingId: string;
  readonly shipmentId: string;
  readonly charge: Money;
}

export type QuoteOutcome =
  | HeldCall
  | { readonly kind: 'quoted'; readonly offers: readonly Offer[]; readonly refused: readonly RefusedOffer[] }
  /** The request itself was refused, for every service alike. */
  | ({ readonly kind: 'refused' } & CarrierRefusal)
  /** The carrier did not answer as it should: shown as TEMPORARILY_UNAVAILABLE. */
  | { readonly kind: 'unavailable'; readonly reason: UnknownReason; readonly retryAfterSeconds?: number | undefined };

export type BuyOutcome =
  | HeldCall
  | ({
      readonly kind: 'purchased';
      readonly document: CarrierDocument;
      readonly invoice?: CarrierDocument | undefined;
    } & BoughtLabel)
  | ({ readonly kind: 'refused' } & CarrierRefusal)
  | { readonly kind: 'unknown'; readonly reason: UnknownReason };

export type LookUpOutcome =
  | HeldCall
  | ({
      readonly kind: 'bought';
      readonly voided: boolean;
      /** Absent when the carrier's answer had none or a damaged one: look up again. */
      readonly document?: CarrierDocument | undefined;
      readonly invoice?: CarrierDocument | undefined;
      /** Further charges for the same intent that are not voided, later ones: to be asked back. */
      readonly duplicates: readonly BoughtLabel[];
    } & BoughtLabel)
  /** Believed only when `horizonPassed`: until then a charge may still land. */
  | { readonly kind: 'not_bought'; readonly horizonPassed: boolean; readonly secondsToHorizon: number }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason; readonly retryAfterSeconds?: number | undefined };

export type VoidOutcome =
  | HeldCall
  | { readonly kind: 'voided'; readonly refund: Money }
  /** The carrier took the void in and says later, perhaps after weeks, whether it gives the charge back: ask again. */
  | { readonly kind: 'pending' }
  | ({ readonly kind: 'refused' } & CarrierRefusal)
  /** Voiding is idempotent: ask again. */
  | { readonly kind: 'unknown'; readonly reason: UnknownReason };

export type TrackingStatus =
  | 'PreTransit'
  | 'InTransit'
  | 'OutForDelivery'
  | 'Delivered'
  | 'DeliveryAttempted'
  | 'Lost'
  | 'Rejected'
  | 'Undeliverable';

export type TrackingEventCode =
  | 'PickupDone'
  | 'Departed'
  | 'ArrivedAtCarrierFacility'
  | 'OutForDelivery'
  | 'DeliveryAttempted'
  | 'Delivered'
  | 'Lost'
  | 'Rejected'
  | 'Undeliverable'
  | 'ReturnInitiated';

/** `PickupDone` is the carrier's first scan (R17, R22). */
export interface TrackingEvent {
  readonly code: TrackingEventCode;
  readonly happenedAt: Date;
}

export type TrackOutcome =
  | HeldCall
  | { readonly kind: 'tracked'; readonly status: TrackingStatus; readonly events: readonly TrackingEvent[] }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'unavailable'; readonly reason: UnknownReason; readonly retryAfterSeconds?: number | undefined };

/** A line as the carrier bills it. `reference` is null where it does not repeat ours: its shipment alone says what it is for. */
export interface BilledLine extends Omit<StatementLine, 'reference'> {
  readonly reference: string | null;
}

export interface StatementPage {
  readonly lines: readonly BilledLine[];
  /** The line after which the following page begins; null where this one ends the statement. */
  readonly next: number | null;
  /** Until when it has everything that was billed; until it was asked for unless told. */
  readonly asOf?: Date | undefined;
}

export type StatementOutcome =
  | HeldCall
  | ({ readonly kind: 'page' } & StatementPage)
  /** This carrier never gives one. */
  | { readonly kind: 'not_given' }
  /** The carrier was asked to write it down and has yet to: ask again. */
  | { readonly kind: 'being_made' }
  | { readonly kind: 'unavailable'; readonly reason: UnknownReason; readonly retryAfterSeconds?: number | undefined };

export type SimulatorOutcome =
  /** `simulatorId` tells one simulator, and its book, from another. */
  | { readonly kind: 'simulator'; readonly simulatorId: string }
  | { readonly kind: 'no_simulator' }
  /** Nobody can say at this moment. */
  | { readonly kind: 'unavailable'; readonly reason: UnknownReason };
