import type { TrackingEvent } from './outcome.ts';

/** A request as it came in, before anything of it is believed. */
export interface Delivery {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The very bytes: they are what was signed. */
  readonly body: Uint8Array;
}

/** A signature as the headers of a delivery have it; `moment` is the text that was signed. */
export interface WireSignature {
  readonly keyId: string;
  readonly moment: string;
  readonly signedAt: Date;
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
  readSignature(headers: Delivery['headers']): WireSignature | undefined;
  readScans(json: unknown): ToldScans | undefined;
}
