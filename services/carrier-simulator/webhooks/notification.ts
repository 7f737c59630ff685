import { z } from 'zod';
import type { CarrierName } from '../desk/shipment.ts';
import type { WebhookEffect } from '../faults/effect.ts';
import type { ScanCode } from '../ledger/entries.ts';

/** One tracking event to be told to whoever listens for the carrier. Its number stays the same however often it is sent. */
export interface Notification {
  readonly seq: number;
  readonly carrier: CarrierName;
  readonly trackingId: string;
  readonly code: ScanCode;
  readonly happenedAt: Date;
  readonly effect: WebhookEffect | undefined;
}

/** `taken`: answered with 2xx. `copy`: sent once more on purpose, whatever was answered. `given_up`: not sent any more. */
export type AttemptOutcome = 'taken' | 'failed' | 'copy' | 'given_up';

/**
 * Where a carrier sends, and what it signs with. `keyId` tells the receiver which of its secrets to check with, so that the key
 * can be changed while events flow.
 */
export const webhookTarget = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  keyId: z.string().regex(/^[A-Za-z0-9._-]{1,40}$/),
  secret: z.string().regex(/^\S{32,200}$/),
});

export type WebhookTarget = Readonly<z.infer<typeof webhookTarget>>;

export type WebhookTargets = { readonly [Carrier in CarrierName]?: WebhookTarget | undefined };
