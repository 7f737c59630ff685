import { type Client, createClient, routes } from '@ge/api';
import { type CarrierSimulator, startCarrierSimulator } from '@ge/carrier-simulator';
import { LabelPurchaseEntity, type LabelRow, MessageEntity, OrderEntity } from '@ge/database';
import { storeDocument } from '@ge/documents';
import type { LabelId, OrderId } from '@ge/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { codesOf, refusedWith } from './refusedWith.ts';
import { startGateway, type TestGateway } from './startGateway.ts';
import { anOrder, aParcel, berlin, openShop, type Shop, usd } from './tradeFixture.ts';

const adminToken = 'an-admin-token-for-tests';
const apiKey = 'a-carrier-key-for-tests';
let simulator: CarrierSimulator;
let gateway: TestGateway;
let shop: Shop;
let seller: Client;
let orderId: string;
beforeAll(async () => {
  simulator = await startCarrierSimulator({ apiKey, adminToken });
  gateway = await startGateway({ CARRIER_URL: simulator.url, CARRIER_API_KEY: apiKey, CARRIER_TIMEOUT_MS: '1500' });
});
afterAll(async () => {
  await gateway?.close();
  await simulator?.close();
});
beforeEach(async () => {
  shop = await openShop(gateway);
  seller = await gateway.clientOf('seller', shop.sellerId);
  orderId = await newOrder();
});

async function newOrder(over: Parameters<typeof anOrder>[0] = {}): Promise<string> {
  const params = { sellerId: shop.sellerId };
  const { order } = await gateway.producer.call(routes.orders.createOrder, { params, body: anOrder(over) });
  return order.id;
}

const quote = (body: object = {}, client = seller) =>
  client.call(routes.quotes.createQuote, { params: { orderId }, body: { parcel: aParcel(), ...body } });

type Wanted =
  | { offerToken: string; itn?: string }
  | { choose: 'cheapest' | 'protected'; parcel: ReturnType<typeof aParcel> };
const request = (body: Wanted, idempotencyKey?: string) =>
  seller.send(routes.labels.requestLabel, {
    params: { orderId },
    body,
    ...(idempotencyKey && { idempotencyKey }),
  });

const messagesNamed = (name: string) =>
  gateway.database.transaction((tx) =>
    tx.select(MessageEntity, 'where t.seller_id = $1 and t.name = $2 order by t.id', [shop.sellerId, name]),
  );

const change = (id: LabelId, to: Partial<LabelRow>) =>
  gateway.database.transaction(async (tx) => {
    const [row] = await tx.lock(LabelPurchaseEntity, [id]);
    await tx.update(LabelPurchaseEntity, [{ ...row!, ...to }]);
  });

const ago = (ms: number) => new Date(Date.now() - ms).toISOString();

/** A label as label-purchase leaves it after the carrier has sold it. */
async function bought(trackingId: string, over: Partial<LabelRow> = {}): Promise<LabelId> {
  const { body } = await request({ choose: 'cheapest', parcel: aParcel() });
  const { id } = body.label;
  await change(id, { state: 'purchased', trackingId, shipmentRef: `SH-${trackingId}`, endedAt: new Date(), ...over });
  await gateway.database.query(`update orders set state = 'confirmed', confirmed_at = now() where id = $1`, [orderId]);
  return id;
}

describe('a quote', () => {
  it('has the offers of both carriers, cheapest first, and every other service with its reason in the caller’s language', async () => {
    const { offers, refused, exportFiling, shipDate } = await quote();
    expect(new Set(offers.map(({ carrierId }) => carrierId))).toEqual(
      new Set(['simulator-express', 'simulator-parcel']),
    );
    const prices = offers.map(({ rate }) => rate.minor);
    expect(prices).toEqual(prices.toSorted((a, b) => a - b));
    expect(offers[0]).toMatchObject({
      shipDate,
      validUntil: expect.any(Date),
      labelFormats: expect.arrayContaining(['PDF']),
    });
    expect(refused.find(({ serviceId }) => serviceId === 'H')!.reasons).toMatchObject([
      { code: 'PROGRAM_CONSTRAINTS' },
    ]);
    expect(exportFiling).toEqual({ itnRequired: false, proof: 'NO EEI 30.37(a)', problems: [] });
    const chinese = createClient({
      baseUrl: gateway.baseUrl,
      apiKey: await gateway.keyOf('seller', shop.sellerId),
      locale: 'zh-CN',
    });
    const inChinese = await quote({}, chinese);
    for (const { reasons } of inChinese.refused) expect(reasons[0]!.message).toMatch(/\p{Script=Han}/u);
  });

  it('reports a missing ITN, and the proof once there is one', async () => {
    orderId = await newOrder({ lines: [{ lineId: 'L1', sku: 'SHIRT', quantity: 2, unitPrice: usd(1_300_00) }] });
    const without = await quote();
    expect(without.exportFiling).toMatchObject({
      itnRequired: true,
      proof: null,
      problems: [{ code: 'export_filing.required', rule: 'R5' }],
    });
    expect(without.offers.length).toBeGreaterThan(0);
    const label = request({ offerToken: without.offers[0]!.offerToken });
    expect((await refusedWith(label)).code).toBe('export_filing.required');
    const filed = await quote({ itn: 'X20260101123456' });
    expect(filed.exportFiling).toMatchObject({ itnRequired: true, proof: 'X20260101123456', problems: [] });
    const token = filed.offers[0]!.offerToken;
    expect((await request({ offerToken: token, itn: 'X20260101123456' })).status).toBe(202);
  });

  it('for a parcel or an order that cannot be shipped is refused with every reason', async () => {
    const bad = aParcel({
      weightGrams: 0,
      heightMm: 9_999,
      contents: [
        { lineId: 'L1', quantity: 3 },
        { lineId: 'LX', quantity: 1 },
      ],
    });
    const problem = await refusedWith(quote({ parcel: bad }));
    expect(codesOf(problem)).toEqual([
      'parcel.weight_invalid',
      'parcel.size_invalid',
      'parcel.quantity_invalid',
      'parcel.line_unknown',
    ]);
    orderId = await newOrder({ isGlobalExpress: false });
    expect((await refusedWith(quote())).code).toBe('label.order_not_ge');
    orderId = await newOrder();
    await gateway.database.query(`update skus set export_data = null where seller_id = $1 and sku = 'SHIRT'`, [
      shop.sellerId,
    ]);
    expect((await refusedWith(quote())).code).toBe('label.customs_incomplete');
    await gateway.database.query(`update seller_addresses set address = address - 'phone' where seller_id = $1`, [
      shop.sellerId,
    ]);
    expect((await refusedWith(quote())).errors).toMatchObject([
      { code: 'label.ship_from_phone_missing', rule: 'R17', field: '/shipFrom/phone' },
    ]);
  });

  it('shows a carrier that does not answer, with the offers of the other', async () => {
    const script = { rules: [{ operation: 'quote', carrier: 'express', effect: { kind: 'no_answer_before' } }] };
    const set = await fetch(`${simulator.url}/faults`, {
      method: 'POST',
      headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
      body: JSON.stringify(script),
    });
    expect(set.ok, await set.text()).toBe(true);
    const { offers, refused } = await quote();
    expect(new Set(offers.map(({ carrierId }) => carrierId))).toEqual(new Set(['simulator-parcel']));
    expect(refused).toContainEqual(
      expect.objectContaining({
        carrierId: 'simulator-express',
        serviceId: null,
        reasons: [expect.objectContaining({ code: 'carrier.unreachable' })],
      }),
    );
  });
});

describe('a label', () => {
  it('is requested by the token of an offer: row, declaration, operation and message in one transaction (R17)', async () => {
    const { offers } = await quote();
    const offer = offers.find(({ benefits }) => benefits.included.length > 0)!;
    const { status, body } = await request({ offerToken: offer.offerToken });
    expect(status).toBe(202);
    expect(body.label).toMatchObject({
      orderId,
      state: 'requested',
      carrierId: offer.carrierId,
      serviceId: offer.serviceId,
      quoted: offer.rate,
      isProtected: true,
      parcel: aParcel(),
    });
    const [row] = await gateway.database.transaction((tx) => tx.find(LabelPurchaseEntity, [body.label.id]));
    expect(row!.declaration).toMatchObject({
      shipDate: offer.shipDate,
      exportFiling: 'NO EEI 30.37(a)',
      lines: [{ quantity: 2 }],
    });
    expect(row!.offerToken).not.toBe(offer.offerToken);
    expect(await messagesNamed('buy-label')).toMatchObject([
      { operationId: body.operationId, payload: { labelId: body.label.id } },
    ]);
    const second = await refusedWith(request({ offerToken: offer.offerToken }));
    expect(second).toMatchObject({ status: 422, code: 'label.already_active' });
    const { items } = await seller.call(routes.labels.listLabels, { params: { orderId } });
    expect(items).toEqual([await seller.call(routes.labels.getLabel, { params: { labelId: body.label.id } })]);
  });

  it('is chosen among all carriers where the seller names no offer, once under one idempotency key', async () => {
    const { offers } = await quote();
    const wanted = { choose: 'cheapest', parcel: aParcel() } as const;
    const first = await request(wanted, `label-${orderId}`);
    expect(first.body.label.quoted).toEqual(offers[0]!.rate);
    const again = await request(wanted, `label-${orderId}`);
    expect(again.body).toEqual(first.body);
    expect(await messagesNamed('buy-label')).toHaveLength(1);
  });

  it('is not bought by an offer that expired, was made for another order, or by nobody', async () => {
    const token = (await quote()).offers[0]!.offerToken;
    const [mine, other] = [orderId, await newOrder()];
    orderId = other;
    expect(await refusedWith(request({ offerToken: token }))).toMatchObject({
      code: 'label.quote_unknown',
      errors: [{ field: '/offerToken' }],
    });
    expect((await refusedWith(request({ offerToken: 'quo_none.1' }))).code).toBe('label.quote_unknown');
    orderId = mine;
    const start = new Date();
    try {
      gateway.clock.set(new Date(start.getTime() + 11 * 60_000));
      expect((await refusedWith(request({ offerToken: token }))).code).toBe('label.offer_expired');
      // Carriers reckon by their own clock: offers made now are good, however far ours was moved.
      expect((await request({ choose: 'protected', parcel: aParcel() })).status).toBe(202);
    } finally {
      gateway.clock.set(start);
    }
  });

  it('is not bought by an offer that was made for a former address', async () => {
    const token = (await quote()).offers[0]!.offerToken;
    const shipTo = { ...berlin, city: 'München', postalCode: '80331' };
    await gateway.producer.call(routes.orders.changeAddress, { params: { orderId }, body: { shipTo } });
    expect((await refusedWith(request({ offerToken: token }))).code).toBe('label.quote_unknown');
  });

  it('is downloaded with its media type and file name', async () => {
    const labelId = await bought('TRK-DOC');
    expect((await refusedWith(seller.call(routes.labels.downloadLabel, { params: { labelId } }))).code).toBe(
      'http.not_found',
    );
    const file = { sellerId: null, mediaType: 'application/zpl', fileName: `label-${orderId}-1.zpl` };
    const stored = await gateway.database.transaction((tx) => storeDocument(tx, file, [Buffer.from('^XA^XZ')]));
    await change(labelId, { documentId: stored.id });
    const answer = await seller.send(routes.labels.downloadLabel, { params: { labelId } });
    expect(await answer.body.text()).toBe('^XA^XZ');
    expect(answer.headers.get('content-type')).toBe('application/zpl');
    expect(answer.headers.get('content-disposition')).toContain(`label-${orderId}-1.zpl`);
    const other = await gateway.clientOf('seller', 'somebody-else');
    expect((await refusedWith(other.call(routes.labels.getLabel, { params: { labelId } }))).code).toBe(
      'http.not_found',
    );
  });

  it('is taken back before its first scan, and not after', async () => {
    const labelId = await bought('TRK-VOID');
    const voided = await seller.send(routes.labels.voidLabel, { params: { labelId } });
    expect(voided).toMatchObject({ status: 202, body: { label: { state: 'voiding' } } });
    expect(await messagesNamed('void-label')).toMatchObject([
      { payload: { labelId }, operationId: voided.body.operationId },
    ]);
    expect((await refusedWith(seller.call(routes.labels.voidLabel, { params: { labelId } }))).code).toBe(
      'label.not_voidable',
    );

    orderId = await newOrder();
    const scanned = await bought('TRK-SCANNED');
    const event = {
      kind: 'event',
      trackingId: 'TRK-SCANNED',
      code: 'PickupDone',
      happenedAt: ago(1_000),
    } as const;
    await gateway.producer.call(routes.trackingEvents.reportTrackingEvents, { body: { events: [event] } });
    const late = seller.call(routes.labels.voidLabel, { params: { labelId: scanned } });
    expect(codesOf(await refusedWith(late))).toEqual(['label.already_scanned']);
  });

  it('that was parked is listed for operators and ended by what a person found out', async () => {
    const { body } = await request({ choose: 'cheapest', parcel: aParcel() });
    const params = { labelId: body.label.id };
    const resolution = { found: 'bought', charge: usd(9_99), shipmentRef: 'SH-1', trackingId: 'TRK-PARKED' } as const;
    const early = gateway.operator.call(routes.labels.resolveParkedLabel, { params, body: resolution });
    expect((await refusedWith(early)).code).toBe('label.not_parked');
    await change(params.labelId, { state: 'parked', reason: 'look_ups_exhausted' });
    const parked = await gateway.operator.call(routes.labels.listParkedLabels, {});
    expect(parked.items.map(({ id }) => id)).toEqual([params.labelId]);
    const resolved = await gateway.operator.call(routes.labels.resolveParkedLabel, { params, body: resolution });
    expect(resolved).toMatchObject({ state: 'purchased', trackingId: 'TRK-PARKED', charge: usd(9_99) });
    const [order] = await gateway.database.transaction((tx) => tx.find(OrderEntity, [orderId as OrderId]));
    expect(order!.state).toBe('confirmed');
    expect(await messagesNamed('decide-payout')).toHaveLength(2);
  });
});

describe('reports of carriers', () => {
  it('are recorded once each, get their own results, and have the payout of each order decided anew (R17)', async () => {
    await bought('TRK-REPORT');
    const happenedAt = ago(60_000);
    const events = [
      { kind: 'event', trackingId: 'TRK-REPORT', code: 'PickupDone', happenedAt },
      { kind: 'event', trackingId: 'TRK-REPORT', code: 'PickupDone', happenedAt },
      { kind: 'event', trackingId: 'TRK-NOBODY', code: 'PickupDone', happenedAt },
      { kind: 'event', trackingId: 'TRK-REPORT', code: 'Delivered', happenedAt: ago(-3_600_000) },
      { kind: 'outside_label', orderId, trackingId: 'ELSEWHERE-1', happenedAt },
      { kind: 'outside_label', orderId: '999-0000000-0000000', trackingId: 'ELSEWHERE-2', happenedAt },
    ] as const;
    const report = () =>
      gateway.producer.call(routes.trackingEvents.reportTrackingEvents, { body: { events: [...events] } });
    const { results, operationId } = await report();
    expect(results.map(({ outcome, refusals }) => refusals[0]?.code ?? outcome)).toEqual([
      'recorded',
      'recorded',
      'label.tracking_unknown',
      'tracking_event.in_future',
      'recorded',
      'order.unknown',
    ]);
    const messages = await messagesNamed('decide-payout');
    expect(messages.filter((message) => message.operationId === operationId)).toMatchObject([{ payload: { orderId } }]);
    await report();
    const [counts] = await gateway.database.query<{ events: number; outside: number }>(
      `select (select count(*)::int from tracking_events e join label_purchases l on l.id = e.label_id where l.order_id = $1) as events,
              (select count(*)::int from outside_label_reports where order_id = $1) as outside`,
      [orderId],
    );
    expect(counts).toEqual({ events: 1, outside: 1 });
  });

  it('give the three safeguards their evidence (R22)', async () => {
    await bought('TRK-SAFE', { isProtected: true });
    const read = (query: object = {}) => seller.call(routes.safeguards.getSafeguards, { params: { orderId }, query });
    const before = await read();
    expect(before.negative_feedback.isProtected).toBe(false);
    const unmet = before.negative_feedback.checklist.filter(({ met }) => !met);
    expect(unmet).toMatchObject([
      { condition: 'first_scan_by_ship_by', reasons: [{ code: 'safeguard.not_scanned', rule: 'R22' }] },
    ]);
    const event = {
      kind: 'event',
      trackingId: 'TRK-SAFE',
      code: 'PickupDone',
      happenedAt: ago(1_000),
    } as const;
    await gateway.producer.call(routes.trackingEvents.reportTrackingEvents, { body: { events: [event] } });
    const scanned = await read();
    expect(
      [scanned.negative_feedback, scanned.valid_tracking_rate, scanned.a_to_z_claim].map(
        (verdict) => verdict.isProtected,
      ),
    ).toEqual([true, true, false]);
    expect((await read({ refundedBy: 'platform' })).a_to_z_claim.isProtected).toBe(true);
  });
});
