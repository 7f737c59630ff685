import type { Ledger } from '../ledger/ledger.ts';
import type { WebhookWriting } from '../wire/dialect.ts';
import { trackerOf } from './writing.ts';

/** EasyPost tells a parcel's whole history up to the event; it signs the body alone, and says neither when nor with which key. */
export const easypostWebhooks = (ledger: Ledger): WebhookWriting => ({
  writeWebhook: ({ seq, trackingId, code, happenedAt }) => {
    const scans = ledger.scans(trackingId);
    const told = scans.findIndex((scan) => scan.code === code && scan.at.getTime() === happenedAt.getTime());
    return {
      simulated: true,
      object: 'Event',
      id: `evt_${String(seq).padStart(32, '0')}`,
      description: 'tracker.updated',
      mode: 'test',
      result: trackerOf(ledger.byTracking(trackingId)!, scans.slice(0, told + 1)),
    };
  },
  webhookKey: (secret) => secret.normalize('NFKD'),
  webhookMoment: () => '',
  signedText: (_moment, body) => body,
  webhookHeaders: ({ digest }) => ({ 'x-hmac-signature': `hmac-sha256-hex=${digest.toString('hex')}` }),
});
