import { createHmac } from 'node:crypto';
import { routes } from '@ge/api';
import { type CarrierId, createCarrierRegistry } from '@ge/carriers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { seattle } from './sellers.ts';
import { startGateway } from './startGateway.ts';
import { adminToken, apiKey, tradeDesk } from './tradeDesk.ts';
import { berlin, usd } from './tradeFixture.ts';

const secrets = { old: 'o'.repeat(40), new: 'n'.repeat(40) };
const keys = JSON.stringify({ 'simulator-express': secrets, 'simulator-parcel': secrets, easypost: secrets });

const desk = tradeDesk();
beforeAll(() => desk.open({ CARRIER_WEBHOOK_KEYS: keys, RATE_LIMIT_STRANGERS: '40', TRUSTED_PROXIES: 'loopback' }));
afterAll(() => desk.close());
beforeEach(() => desk.nextShop());

const express = (trackingId: string, typeCode = 'PU', timestamp = new Date(Date.now() - 60_000).toISOString()) =>
  JSON.stringify({ shipmentTrackingNumber: trackingId, events: [{ typeCode, timestamp }] });

const signed = (body: string, at = Date.now(), secret = secrets.old, keyId = 'old') => {
  const moment = String(Math.floor(at / 1_000));
  const signature = createHmac('sha256', secret).update(`${moment}.${body}`).digest('hex');
  return { 'x-webhook-key-id': keyId, 'x-webhook-timestamp': moment, 'x-webhook-signature': signature };
};

const tell = async (body: string, headers: Record<string, string> = signed(body), carrierId = 'simulator-express') => {
  const url = `${desk.gateway.baseUrl}/carrier-webhooks/${carrierId}`;
  const answer = await fetch(url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });
  return {
    status: answer.status,
    body: (await answer.json()) as { code?: string; recorded?: number; ignored?: number },
  };
};

const recorded = async (): Promise<string[]> => {
  const rows = await desk.gateway.database.query<{ code: string }>(
    `select e.code from tracking_events e join label_purchases l on l.id = e.label_id where l.order_id = $1 order by happened_at, code`,
    [desk.orderId],
  );
  return rows.map(({ code }) => code);
};

/** A parcel the carrier has really sold a label for, written down as one of this order. */
async function soldBy(id: CarrierId): Promise<string> {
  const easypost = { baseUrl: `${desk.simulator.url}/easypost`, terms: { dutyPaidServices: ['UPS', 'DHLExpress'] } };
  const at = id === 'easypost' ? easypost : { baseUrl: desk.simulator.url };
  const registry = createCarrierRegistry([{ id, apiKey, ...at }]);
  const carrier = registry.carrierById(id)!;
  const parcel = { weightGrams: 1_250, lengthMm: 300, widthMm: 200, heightMm: 120 };
  const shipFrom = { ...seattle, phone: '+1 206 555 0100' };
  const shipDate = '2026-11-23';
  const way = { shipFrom, shipTo: berlin, parcel, shipDate };
  const goods = { description: 'Shirt', hsCode: '6205200000', originCountry: 'VN', quantity: 1 };
  const lines = [{ ...goods, unitValue: usd(25_99), unitWeightGrams: 400 }];
  const quote = await carrier.quote(
    { ...way, declaredValue: usd(25_99), hasDangerousGoods: false, lines, labelFormat: 'ZPL203' },
    { timeoutMs: 5_000 },
  );
  if (quote.kind !== 'quoted') throw new Error(JSON.stringify(quote));
  const { offerToken, serviceId } = quote.offers[0]!;
  const intent = {
    ...way,
    intentId: `lbl_${desk.orderId.slice(4, 11)}`,
    offerToken,
    serviceId,
    lines,
    labelFormat: 'ZPL203' as const,
    withInvoice: false,
  };
  const outcome = await carrier.buy(carrier.prepare(intent), { timeoutMs: 5_000 });
  await registry.close();
  if (outcome.kind !== 'purchased') throw new Error(JSON.stringify(outcome));
  await desk.bought(outcome.trackingId, { carrierId: id });
  return outcome.trackingId;
}

const counted = async (name: string, outcome: string): Promise<number> => {
  const metric = await desk.gateway.registry.getSingleMetric(name)!.get();
  const of = metric.values.filter(({ labels }) => labels.outcome === outcome);
  return of.reduce((sum, { value }) => sum + value, 0);
};

describe('tracking events that a carrier tells', () => {
  it('are recorded once each, in any order, and have the payout of the order decided anew (R17)', async () => {
    await desk.bought('TOLD-1', { carrierId: 'simulator-express' });
    const late = express('TOLD-1', 'OK', new Date(Date.now() - 1_000).toISOString());
    const early = express('TOLD-1', 'PU', '2026-01-02T03:04:05.000Z');
    for (const body of [late, early, late, early])
      expect(await tell(body)).toEqual({ status: 200, body: { recorded: 1, ignored: 0 } });
    expect(await recorded()).toEqual(['PickupDone', 'Delivered']);
    expect((await desk.messagesNamed('decide-payout')).map(({ payload }) => payload)).toContainEqual(
      expect.objectContaining({ orderId: desk.orderId }),
    );
  });

  it('decide the safeguards like events that are reported over the API (R22)', async () => {
    await desk.bought('TOLD-SAFE', { carrierId: 'simulator-express', isProtected: true });
    const verdict = async () =>
      (await desk.seller.call(routes.safeguards.getSafeguards, { params: { orderId: desk.orderId } }))
        .negative_feedback;
    expect((await verdict()).isProtected).toBe(false);
    await tell(express('TOLD-SAFE'));
    expect((await verdict()).isProtected).toBe(true);
  });

  it('of parcels that nobody knows here, of another carrier or of tomorrow are taken, counted and not recorded', async () => {
    await desk.bought('TOLD-OTHER', { carrierId: 'simulator-parcel' });
    const ignored = { status: 200, body: { recorded: 0, ignored: 1 } };
    expect(await tell(express('TOLD-NOBODY'))).toEqual(ignored);
    expect(await tell(express('TOLD-OTHER'))).toEqual(ignored);
    await desk.nextShop();
    await desk.bought('TOLD-EARLY', { carrierId: 'simulator-express' });
    expect(await tell(express('TOLD-EARLY', 'PU', new Date(Date.now() + 3_600_000).toISOString()))).toEqual(ignored);
    expect(await tell(express('TOLD-EARLY', 'ZZ'))).toEqual(ignored);
    expect(await recorded()).toEqual([]);
    const name = 'ge_carrier_webhook_events_total';
    expect(await counted(name, 'label.tracking_unknown')).toBe(2);
    expect(await counted(name, 'tracking_event.in_future')).toBe(1);
    expect(await counted(name, 'code_unknown')).toBe(1);
  });

  it('are taken under the old and under the new key while it is changed', async () => {
    await desk.bought('TOLD-KEY', { carrierId: 'simulator-express' });
    const body = express('TOLD-KEY');
    expect((await tell(body, signed(body, Date.now(), secrets.old, 'old'))).status).toBe(200);
    expect((await tell(body, signed(body, Date.now(), secrets.new, 'new'))).status).toBe(200);
  });
});

describe('nothing is believed', () => {
  const body = express('TOLD-X');
  it.each([
    ['without a signature', body, {}, 'signature_missing'],
    ['of a key that is not in force', body, signed(body, Date.now(), secrets.old, 'toString'), 'key_unknown'],
    ['signed with another secret', body, signed(body, Date.now(), 'x'.repeat(40)), 'signature_wrong'],
    ['whose body was changed', body.replace('TOLD-X', 'TOLD-Y'), signed(body), 'signature_wrong'],
    ['whose time was changed', body, { ...signed(body), 'x-webhook-timestamp': '1' }, 'signature_wrong'],
    ['that was signed too long ago', body, signed(body, Date.now() - 6 * 60_000), 'not_now'],
    ['that was signed for later', body, signed(body, Date.now() + 6 * 60_000), 'not_now'],
  ])('%s', async (_, sent, headers, reason) => {
    const before = await counted('ge_carrier_webhook_deliveries_total', reason);
    expect(await tell(sent, headers as Record<string, string>)).toMatchObject({
      status: 401,
      body: { code: 'http.signature_invalid' },
    });
    expect(await counted('ge_carrier_webhook_deliveries_total', reason)).toBe(before + 1);
  });

  it('that is signed for one carrier and sent as another’s', async () => {
    expect((await tell(body, signed(body), 'simulator-parcel')).body.code).toBe('http.signature_invalid');
  });

  it('that is too large, not understood, of no carrier that is listened to, or no POST', async () => {
    const large = 'x'.repeat(65 * 1024);
    expect(await tell(large)).toMatchObject({ status: 413, body: { code: 'http.too_large' } });
    for (const odd of ['', '[', '{}', express('TOLD\0X'), '['.repeat(60_000)])
      expect(await tell(odd), odd.slice(0, 20)).toMatchObject({ status: 400, body: { code: 'http.validation' } });
    expect((await tell(body, signed(body), 'nobody')).status).toBe(404);
    const got = await fetch(`${desk.gateway.baseUrl}/carrier-webhooks/simulator-express`);
    expect([got.status, got.headers.get('allow')]).toEqual([405, 'POST']);
  });

  it('from an address that keeps on guessing, while who signs is heard', async () => {
    const from = { 'x-forwarded-for': '198.51.100.7' };
    const codes = new Set<number>();
    for (let i = 0; i < 45; i++) codes.add((await tell(body, from)).status);
    expect(codes).toEqual(new Set([401, 429]));
    expect((await tell(body, { ...signed(body), ...from })).status).toBe(200);
  });
});

it('a full queue takes nothing more in: the carrier tells it again later', async () => {
  await desk.bought('TOLD-FULL', { carrierId: 'simulator-express' });
  const full = await desk.gateway.another({ BACKLOG_PER_QUEUE: '1', CARRIER_WEBHOOK_KEYS: keys });
  const body = express('TOLD-FULL');
  const answer = await fetch(`${full.baseUrl}/carrier-webhooks/simulator-express`, {
    method: 'POST',
    body,
    headers: signed(body),
  });
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
  expect(await recorded()).toEqual([]);
  await full.close();
});

it('a gateway that was given no keys listens to no carrier', async () => {
  const deaf = await startGateway();
  const answer = await fetch(`${deaf.baseUrl}/carrier-webhooks/simulator-express`, { method: 'POST', body: '{}' });
  expect(answer.status).toBe(404);
  await deaf.close();
});

describe.each(['simulator-express', 'simulator-parcel', 'easypost'] as const)('a parcel of %s', (carrierId) => {
  it('is followed from its first scan to its delivery by what the carrier tells, twice and out of order', async () => {
    const carrier = carrierId.replace('simulator-', '');
    const admin = (method: string, path: string, sent: object) =>
      fetch(`${desk.simulator.url}${path}`, {
        method,
        body: JSON.stringify(sent),
        headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
      });
    const url = `${desk.gateway.baseUrl}/carrier-webhooks/${carrierId}`;
    await admin('PUT', '/webhooks', { [carrier]: { url, keyId: 'new', secret: secrets.new } });
    const trackingId = await soldBy(carrierId);
    const rules = [
      { operation: 'webhook', effect: { kind: 'reordered' } },
      { operation: 'webhook', effect: { kind: 'duplicated', copies: 2 } },
    ];
    await admin('POST', '/faults', { rules });
    const at = (ms: number) => new Date(Date.now() - ms).toISOString();
    for (const [code, ms] of [
      ['first_scan', 3_000],
      ['departed', 2_000],
      ['delivered', 1_000],
    ] as const)
      expect((await admin('POST', `/tracking/${trackingId}/events`, { code, at: at(ms) })).status).toBe(201);
    await expect.poll(recorded).toEqual(['PickupDone', 'Departed', 'Delivered']);
  });
});
