import { z } from 'zod';
import type { WebhookDialect } from '../port/webhook.ts';
import { toldScans, trackingIdFromWire } from '../webhook/toldScans.ts';
import { dashedDay } from '../wire/day.ts';
import { eventCodes } from './codes.ts';

const SIGNATURE = /^KeyId=([^,]{1,100}),SignedAt=(\d{4}-\d\d-\d\dT[\d:.]{8,12}Z),Signature=([A-Za-z0-9+/]{43}=)$/;

const activity = z
  .object({
    Status: z.object({ Code: z.string().max(20) }),
    GMTDate: z.string().regex(/^\d{8}$/),
    GMTTime: z.iso.time(),
  })
  .transform(({ Status, GMTDate, GMTTime }, context) => {
    const happenedAt = new Date(`${dashedDay(GMTDate)}T${GMTTime}Z`);
    if (Number.isNaN(happenedAt.getTime())) context.addIssue({ code: 'custom', message: 'no such day' });
    return { code: Status.Code, happenedAt };
  });

const notification = z.object({
  TrackNotification: z.object({
    Package: z
      .array(z.object({ TrackingNumber: trackingIdFromWire, Activity: z.array(activity).min(1).max(500) }))
      .min(1)
      .max(100),
  }),
});

/** Pascal-case JSON in an envelope, several parcels in it; key, moment and digest (base64) in one header. */
export const parcelWebhook: WebhookDialect = {
  readSignature: ({ 'x-parcel-signature': given }) => {
    const [, keyId, text, digest] = (typeof given === 'string' && SIGNATURE.exec(given)) || [];
    if (keyId === undefined || text === undefined || digest === undefined) return undefined;
    return { keyId, moment: { text, signedAt: new Date(text) }, digest: Buffer.from(digest, 'base64') };
  },
  readScans: (json) => {
    const { data } = notification.safeParse(json);
    if (!data) return undefined;
    return toldScans(
      data.TrackNotification.Package.flatMap(({ TrackingNumber: trackingId, Activity }) =>
        Activity.map(({ code, happenedAt }) => ({
          trackingId,
          code: Object.hasOwn(eventCodes, code) ? eventCodes[code] : undefined,
          happenedAt,
        })),
      ),
    );
  },
};
