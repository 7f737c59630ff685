import { z } from 'zod';
import type { WebhookDialect } from '../port/webhook.ts';
import { toldScans, trackingIdFromWire } from '../webhook/toldScans.ts';
import { eventCodes } from './codes.ts';

const headers = z.object({
  'x-webhook-key-id': z.string().max(100),
  'x-webhook-timestamp': z.string().regex(/^\d{1,12}$/),
  'x-webhook-signature': z.string().regex(/^[0-9a-f]{64}$/),
});

const notification = z.object({
  shipmentTrackingNumber: trackingIdFromWire,
  events: z
    .array(z.object({ typeCode: z.string().max(20), timestamp: z.iso.datetime() }))
    .min(1)
    .max(500),
});

/** Camel-case JSON of one parcel; seconds since 1970 and the digest in hex, in headers of their own. */
export const expressWebhook: WebhookDialect = {
  readSignature: (given) => {
    const { data } = headers.safeParse(given);
    if (!data) return undefined;
    const text = data['x-webhook-timestamp'];
    return {
      keyId: data['x-webhook-key-id'],
      moment: { text, signedAt: new Date(Number(text) * 1_000) },
      digest: Buffer.from(data['x-webhook-signature'], 'hex'),
    };
  },
  readScans: (json) => {
    const { data } = notification.safeParse(json);
    if (!data) return undefined;
    const trackingId = data.shipmentTrackingNumber;
    return toldScans(
      data.events.map(({ typeCode, timestamp }) => ({
        trackingId,
        code: Object.hasOwn(eventCodes, typeCode) ? eventCodes[typeCode] : undefined,
        happenedAt: new Date(timestamp),
      })),
    );
  },
};
