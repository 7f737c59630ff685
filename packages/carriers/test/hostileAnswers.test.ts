import type { RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import { startHostile } from './carrierFixture.ts';

const call = { timeoutMs: 2_000 };
const json = (status: number, body: unknown, headers: Record<string, string> = {}): RequestListener => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return (_request, response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
};

const label = {
  shipmentId: 's1',
  shipmentTrackingNumber: '1234567891',
  customerReference: 'lbl_1',
  status: 'booked',
  bookedAt: '2026-11-22T08:00:00Z',
  shipmentCharges: { price: 12.34, priceCurrency: 'USD' },
};

describe('a purchase is never taken for refused or made on an answer that proves neither', () => {
  it.each<[string, RequestListener, string]>([
    ['a redirect is not followed', json(307, {}, { location: '/express/rates' }), 'UNEXPECTED_STATUS'],
    ['a bare 404 of some proxy', json(404, '<html>not found</html>'), 'UNEXPECTED_STATUS'],
    [
      'a 400 in another dialect',
      json(400, { response: { errors: [{ code: '120100', message: 'x' }] } }),
      'UNEXPECTED_STATUS',
    ],
    ['a gateway timeout', json(504, {}), 'SERVER_ERROR'],
    ['success that is empty', json(201, ''), 'ANSWER_UNREADABLE'],
    ['success that is nested without end', json(201, '['.repeat(90_000)), 'ANSWER_UNREADABLE'],
    [
      'success with a charge of fractions of a cent',
      json(201, { ...label, shipmentCharges: { price: 12.345, priceCurrency: 'USD' } }),
      'ANSWER_UNREADABLE',
    ],
    [
      'success with a negative charge',
      json(201, { ...label, shipmentCharges: { price: -1, priceCurrency: 'USD' } }),
      'ANSWER_UNREADABLE',
    ],
    ['success without documents', json(201, label), 'ANSWER_WITHOUT_LABEL'],
    [
      'success for another purchase',
      json(201, { ...label, customerReference: 'lbl_2' }),
      'ANSWER_FOR_ANOTHER_PURCHASE',
    ],
    [
      'a label whose bytes are no PDF',
      json(201, {
        ...label,
        documents: [
          {
            typeCode: 'label',
            imageFormat: 'PDF',
            content: Buffer.from('hello').toString('base64'),
            sha256: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
          },
        ],
      }),
      'LABEL_DAMAGED',
    ],
    ['an answer larger than allowed', json(201, { padding: 'x'.repeat(200_000) }), 'ANSWER_TOO_LARGE'],
    [
      'a line cut in the middle of the answer',
      (_request, response) => {
        response.writeHead(201, { 'content-length': '1000' });
        response.write('{"shipmentId":', () => response.destroy());
      },
      'CONNECTION_LOST',
    ],
  ])('%s', async (_name, listener, reason) => {
    await using hostile = await startHostile(listener);
    expect(await hostile.carrier.buy(hostile.prepared, call)).toEqual({ kind: 'unknown', reason });
  });

  it('an answer that drips on past the deadline', async () => {
    await using hostile = await startHostile((_request, response) => {
      response.writeHead(201);
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    });
    expect(await hostile.carrier.buy(hostile.prepared, { timeoutMs: 150 })).toEqual({
      kind: 'unknown',
      reason: 'TIMEOUT',
    });
  });

  it('an abort after the request went out; but one before it is proof that nothing was sent', async () => {
    const abort = new AbortController();
    let arrived = 0;
    await using hostile = await startHostile(() => {
      arrived++;
      abort.abort();
    });
    const signal = abort.signal;
    expect(await hostile.carrier.buy(hostile.prepared, { ...call, signal })).toEqual({
      kind: 'unknown',
      reason: 'ABORTED',
    });
    expect(await hostile.carrier.buy(hostile.prepared, { ...call, signal })).toMatchObject({
      kind: 'refused',
      retry: 'later',
    });
    expect(arrived).toBe(1);
  });
});

describe('a refusal', () => {
  it('names its code and keeps the carrier’s words to itself', async () => {
    const detail = '3001: Receiver address is incomplete: B. Buyer, 1 Main St';
    await using hostile = await startHostile(json(422, { status: 422, title: 'Problem', detail }));
    const outcome = await hostile.carrier.buy(hostile.prepared, call);
    expect(outcome).toMatchObject({
      kind: 'refused',
      code: 'carrier.address_invalid',
      retry: 'never',
      carrierCode: '3001',
    });
    expect(JSON.stringify(outcome)).not.toContain('Buyer');
  });

  it('with a code nobody knows stays a refusal, with that code for operators', async () => {
    await using hostile = await startHostile(json(422, { status: 422, title: 'Problem', detail: '8888: news' }));
    expect(await hostile.carrier.buy(hostile.prepared, call)).toMatchObject({
      code: 'carrier.refused',
      carrierCode: '8888',
    });
  });

  it('for too many requests counts even without a body, and its waiting time is capped at an hour', async () => {
    await using hostile = await startHostile(json(429, '', { 'retry-after': '99999' }));
    expect(await hostile.carrier.buy(hostile.prepared, call)).toMatchObject({
      code: 'carrier.rate_limited',
      retry: 'later',
      retryAfterSeconds: 3_600,
    });
  });
});

describe('a look-up', () => {
  const ask = { idempotencyKey: 'k', reference: 'lbl_1', offerToken: 'token', sentAt: new Date(0) };
  const options = { ...call, now: new Date('2026-11-22T00:00:00Z') };

  it.each<[string, RequestListener]>([
    ['a 404 in the carrier’s dialect', json(404, { status: 404, title: 'x', detail: '6001: unknown' })],
    ['an empty object', json(200, {})],
    ['somebody else’s purchase', json(200, { shipments: [{ ...label, customerReference: 'lbl_2' }] })],
    ['an error', json(500, {})],
  ])('answered with %s says nothing about the purchase', async (_name, listener) => {
    await using hostile = await startHostile(listener);
    expect((await hostile.carrier.lookUp(ask, options)).kind).toBe('unknown');
  });

  it('answered with an empty list says "not bought"', async () => {
    await using hostile = await startHostile(json(200, { shipments: [] }));
    expect(await hostile.carrier.lookUp(ask, options)).toMatchObject({ kind: 'not_bought', horizonPassed: true });
  });
});
