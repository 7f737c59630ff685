import type { WebhookDialect } from '../port/webhook.ts';
import { trackingIdFromWire } from '../webhook/toldScans.ts';
import { isStatus } from './codes.ts';
import { trackingOfTracker } from './tracking.ts';
import { tracker, webhookEvent } from './wire.ts';

const told = tracker.extend({ tracking_code: trackingIdFromWire });

/**
 * EasyPost tells a parcel's whole history with each change of it. It signs the body alone, in hex, and names neither key nor moment:
 * a recording tells nothing that was not told before. Notices of other things than parcels are taken and mean nothing.
 */
export const easypostWebhook: WebhookDialect = {
  /** The same secret may be typed in more than one way: EasyPost signs with its compatibility decomposition. */
  keyOf: (secret) => secret.normalize('NFKD'),
  readSignature: ({ 'x-hmac-signature': given }) => {
    const [, digest] = (typeof given === 'string' && /^hmac-sha256-hex=([0-9a-f]{64})$/.exec(given)) || [];
    return digest === undefined ? undefined : { digest: Buffer.from(digest, 'hex') };
  },
  readScans: (json) => {
    const { data: event } = webhookEvent.safeParse(json);
    if (!event) return undefined;
    if (!event.description.startsWith('tracker.')) return { scans: [], unknownCodes: 0 };
    const { data } = told.safeParse(event.result);
    if (!data) return undefined;
    const scans = trackingOfTracker(data).events.map((scan) => ({ ...scan, trackingId: data.tracking_code }));
    return { scans, unknownCodes: data.tracking_details.filter(({ status }) => !isStatus(status)).length };
  },
};
