import type { TrackingEvent } from './outcome.ts';

/** A request as it came in, before anything of it is believed. */
export interface Delivery {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The very bytes: they are what was signed. */
  readonly body: Uint8Array;
}

/**
 * A signature as the headers of a delivery have it. Some carriers do not say which key they signed with: then each is tried; nor
 * when: then it is the body alone that was signed, and a recording of it is as good as the delivery.
 */
export interface WireSignature {
  readonly keyId?: string | undefined;
  /** `text` is what was signed of it. */
  readonly moment?: { readonly text: string; readonly signedAt: Date } | undefined;
  readonly digest: Uint8Array;
}

/** A tracking event of one parcel. */
export interface CarrierScan extends TrackingEvent {
  readonly trackingId: string;
}

/** What a carrier tells in one delivery; `unknownCodes` are events of kinds that mean nothing here. */
export interface ToldScans {
  readonly scans: readonly CarrierScan[];
  readonly unknownCodes: number;
}

/** How one carrier tells tracking events, as pure functions; undefined for what cannot be read. */
export interface WebhookDialect {
  /** What is signed with, where it is not the secret as it was written. */
  keyOf?(secret: string): string;
  readSignature(headers: Delivery['headers']): WireSignature | undefined;
  readScans(json: unknown): ToldScans | undefined;
}
