import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carrierIds, openWebhook } from '../src/index.ts';

const secret = 's'.repeat(32);
const now = new Date('2026-11-23T08:00:00Z');

const sign = (moment: string, body: string) => createHmac('sha256', secret).update(`${moment}.${body}`).digest();

/** A delivery as each carrier signs it. */
const deliveries = {
  'simulator-express': (body: string) => {
    const moment = String(now.getTime() / 1_000);
    return {
      'x-webhook-key-id': 'k',
      'x-webhook-timestamp': moment,
      'x-webhook-signature': sign(moment, body).toString('hex'),
    };
  },
  'simulator-parcel': (body: string) => {
    const moment = now.toISOString();
    return { 'x-parcel-signature': `KeyId=k,SignedAt=${moment},Signature=${sign(moment, body).toString('base64')}` };
  },
  // The body alone, by a key that is not named.
  easypost: (body: string) => ({
    'x-hmac-signature': `hmac-sha256-hex=${createHmac('sha256', secret).update(body).digest('hex')}`,
  }),
} as const;

const bodies = {
  'simulator-express': {
    shipmentTrackingNumber: '1000000010',
    events: [
      { typeCode: 'PU', timestamp: '2026-11-23T07:00:00Z' },
      { typeCode: 'toString', timestamp: '2026-11-23T07:30:00Z' },
    ],
  },
  'simulator-parcel': {
    TrackNotification: {
      Package: [
        {
          TrackingNumber: '1000000010',
          Activity: [
            { Status: { Code: 'OR' }, GMTDate: '20261123', GMTTime: '07:00:00.000' },
            { Status: { Code: 'toString' }, GMTDate: '20261123', GMTTime: '07:30:00.000' },
          ],
        },
      ],
    },
  },
  easypost: {
    id: 'evt_1',
    object: 'Event',
    description: 'tracker.updated',
    result: {
      tracking_code: '1000000010',
      created_at: '2026-11-22T07:00:00Z',
      tracking_details: [
        { status: 'in_transit', status_detail: 'toString', datetime: '2026-11-23T07:00:00Z' },
        { status: 'toString', status_detail: null, datetime: '2026-11-23T07:30:00Z' },
      ],
    },
  },
} as const;

describe.each(carrierIds)('a delivery of %s', (id) => {
  const open = (body: string, headers: Readonly<Record<string, string>> = deliveries[id](body)) =>
    openWebhook(id, { k: secret }, { headers, body: Buffer.from(body) }, now);

  it('is read into the programme’s words; an event of a kind that means nothing here is only counted', () => {
    expect(open(JSON.stringify(bodies[id]))).toEqual({
      kind: 'opened',
      scans: [{ trackingId: '1000000010', code: 'PickupDone', happenedAt: new Date('2026-11-23T07:00:00Z') }],
      unknownCodes: 1,
    });
  });

  it('says nothing that is understood whatever signed JSON it is, and never throws', () => {
    fc.assert(
      fc.property(fc.json(), (body) => {
        expect(open(body)).toEqual({ kind: 'unreadable' });
      }),
    );
  });

  it('is not believed when one byte of it or of its headers is another', () => {
    const body = JSON.stringify(bodies[id]);
    const signed: Readonly<Record<string, string>> = deliveries[id](body);
    const changed = (text: string, at: number) => {
      const place = at % text.length;
      return `${text.slice(0, place)}${text[place] === '~' ? '!' : '~'}${text.slice(place + 1)}`;
    };
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.boolean(), (at, which, inBody) => {
        const names = Object.keys(signed);
        const name = names[which % names.length]!;
        const headers = Object.fromEntries(
          Object.entries(signed).map(([key, value]) => [key, !inBody && key === name ? changed(value, at) : value]),
        );
        expect(open(inBody ? changed(body, at) : body, headers).kind).toBe('unsigned');
      }),
    );
  });
});

it('a secret of EasyPost’s is the same however it was typed, and of others as it was', () => {
  const body = JSON.stringify(bodies.easypost);
  // é as one character and as two; ﬁ as a ligature and as two letters.
  const typed = `${'s'.repeat(30)}\u00e9\ufb01`;
  const decomposed = `${'s'.repeat(30)}e\u0301fi`;
  const digest = createHmac('sha256', decomposed).update(body).digest('hex');
  const headers = { 'x-hmac-signature': `hmac-sha256-hex=${digest}` };
  for (const one of [typed, decomposed])
    expect(openWebhook('easypost', { k: one }, { headers, body: Buffer.from(body) }, now).kind).toBe('opened');
});
