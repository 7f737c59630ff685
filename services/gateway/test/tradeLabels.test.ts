import { createClient, routes } from '@ge/api';
import { LabelPurchaseEntity, OrderEntity } from '@ge/database';
import { storeDocument } from '@ge/documents';
import type { OrderId } from '@ge/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { codesOf, refusedWith } from './refusedWith.ts';
import { ago, tradeDesk } from './tradeDesk.ts';
import { aParcel, berlin, usd } from './tradeFixture.ts';

const desk = tradeDesk();
beforeAll(() => desk.open());
afterAll(() => desk.close());
beforeEach(() => desk.nextShop());

describe('a label', () => {
  it('is requested by the token of an offer: row, declaration, operation and message in one transaction (R17)', async () => {
    const { offers } = await desk.quote();
    const offer = offers.find(({ benefits }) => benefits.included.length > 0)!;
    const { status, body } = await desk.request({ offerToken: offer.offerToken });
    expect(status).toBe(202);
    expect(body.label).toMatchObject({
      orderId: desk.orderId,
      state: 'requested',
      carrierId: offer.carrierId,
      serviceId: offer.serviceId,
      quoted: offer.rate,
      isProtected: true,
      parcel: aParcel(),
    });
    const [row] = await desk.gateway.database.transaction((tx) => tx.find(LabelPurchaseEntity, [body.label.id]));
    expect(row!.declaration).toMatchObject({
      shipDate: offer.shipDate,
      exportFiling: 'NO EEI 30.37(a)',
      lines: [{ quantity: 2 }],
    });
    expect(row!.offerToken).not.toBe(offer.offerToken);
    expect(await desk.messagesNamed('buy-label')).toMatchObject([
      { operationId: body.operationId, payload: { labelId: body.label.id } },
    ]);
    const second = await refusedWith(desk.request({ offerToken: offer.offerToken }));
    expect(second).toMatchObject({ status: 422, code: 'label.already_active' });
    const { items } = await desk.seller.call(routes.labels.listLabels, { params: { orderId: desk.orderId } });
    expect(items).toEqual([await desk.seller.call(routes.labels.getLabel, { params: { labelId: body.label.id } })]);
  });

  it('is chosen among all carriers where the seller names no offer, once under one idempotency key', async () => {
    const { offers } = await desk.quote();
    const wanted = { choose: 'cheapest', parcel: aParcel() } as const;
    const first = await desk.request(wanted, `label-${desk.orderId}`);
    expect(first.body.label.quoted).toEqual(offers[0]!.rate);
    const again = await desk.request(wanted, `label-${desk.orderId}`);
    expect(again.body).toEqual(first.body);
    expect(await desk.messagesNamed('buy-label')).toHaveLength(1);
  });

  it('has the carriers asked once by requests under one key that are under way at once', async () => {
    const wanted = { choose: 'cheapest', parcel: aParcel() } as const;
    await desk.fail({ operation: 'quote', times: 1_000, effect: { kind: 'latency', ms: 1_000 } });
    const before = await desk.quotesAsked();
    const many = await Promise.all(Array.from({ length: 50 }, () => desk.request(wanted, `at-once-${desk.orderId}`)));
    await desk.fail();
    expect(new Set(many.map(({ body }) => body.label.id)).size).toBe(1);
    // Those that are read after the first ones were answered ask for themselves.
    expect((await desk.quotesAsked()) - before).toBeLessThan(10);
  });

  it('is one label and one order to buy it, however often it is asked for at once, under one key or under many (R17)', async () => {
    const { offers } = await desk.quote();
    const wanted = { offerToken: offers[0]!.offerToken };
    const underOne = await Promise.all(
      Array.from({ length: 1_000 }, () => desk.request(wanted, `thousand-${desk.orderId}`)),
    );
    const operations = new Set(underOne.map(({ status, body }) => `${status} ${body.operationId} ${body.label.id}`));
    expect(operations.size).toBe(1);
    expect(await desk.messagesNamed('buy-label')).toHaveLength(1);

    desk.orderId = await desk.newOrder();
    const other = { offerToken: (await desk.quote()).offers[0]!.offerToken };
    const underMany = await Promise.allSettled(
      Array.from({ length: 100 }, (_, no) => desk.request(other, `many-${desk.orderId}-${no}`)),
    );
    expect(underMany.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = underMany.flatMap((one) => (one.status === 'rejected' ? [one.reason.problem.code] : []));
    expect(new Set(refused)).toEqual(new Set(['label.already_active']));
    expect(await desk.messagesNamed('buy-label')).toHaveLength(2);
  });

  it('is not bought by an offer that expired, was made for another order, or by nobody', async () => {
    const token = (await desk.quote()).offers[0]!.offerToken;
    const [mine, other] = [desk.orderId, await desk.newOrder()];
    desk.orderId = other;
    expect(await refusedWith(desk.request({ offerToken: token }))).toMatchObject({
      code: 'label.quote_unknown',
      errors: [{ field: '/offerToken' }],
    });
    expect((await refusedWith(desk.request({ offerToken: 'quo_none.1' }))).code).toBe('label.quote_unknown');
    desk.orderId = mine;
    const start = new Date();
    try {
      desk.gateway.clock.set(new Date(start.getTime() + 11 * 60_000));
      expect((await refusedWith(desk.request({ offerToken: token }))).code).toBe('label.offer_expired');
      // Who says what is tolerated has it quoted again before it is bought.
      const tolerant = await desk.request({ offerToken: token, priceTolerance: { percent: 2.5 } });
      expect(tolerant.body.label).toMatchObject({ state: 'requested', requoted: null });
      const [kept] = await desk.gateway.database.transaction((tx) =>
        tx.find(LabelPurchaseEntity, [tolerant.body.label.id]),
      );
      expect(kept).toMatchObject({ priceTolerance: { percent: 2.5, minor: null }, batchId: null });
      expect(kept!.quotedUntil!.getTime()).toBeLessThan(desk.gateway.clock.now().getTime());
      desk.orderId = other;
      // Carriers reckon by their own clock: offers made now are good, however far ours was moved.
      expect((await desk.request({ choose: 'protected', parcel: aParcel() })).status).toBe(202);
    } finally {
      desk.gateway.clock.set(start);
    }
  });

  it('is not bought by an offer that was made for a former address', async () => {
    const token = (await desk.quote()).offers[0]!.offerToken;
    const shipTo = { ...berlin, city: 'München', postalCode: '80331' };
    await desk.gateway.producer.call(routes.orders.changeAddress, {
      params: { orderId: desk.orderId },
      body: { shipTo },
    });
    expect((await refusedWith(desk.request({ offerToken: token }))).code).toBe('label.quote_unknown');
  });

  it('is downloaded with its media type and file name', async () => {
    const labelId = await desk.bought('TRK-DOC');
    expect((await refusedWith(desk.seller.call(routes.labels.downloadLabel, { params: { labelId } }))).code).toBe(
      'http.not_found',
    );
    const file = { sellerId: null, mediaType: 'application/zpl', fileName: `label-${desk.orderId}-1.zpl` };
    const stored = await desk.gateway.database.transaction((tx) => storeDocument(tx, file, [Buffer.from('^XA^XZ')]));
    await desk.change(labelId, { documentId: stored.id });
    const answer = await desk.seller.send(routes.labels.downloadLabel, { params: { labelId } });
    expect(await answer.body.text()).toBe('^XA^XZ');
    expect(answer.headers.get('content-type')).toBe('application/zpl');
    expect(answer.headers.get('content-disposition')).toContain(`label-${desk.orderId}-1.zpl`);
    const other = await desk.gateway.clientOf('seller', 'somebody-else');
    expect((await refusedWith(other.call(routes.labels.getLabel, { params: { labelId } }))).code).toBe(
      'http.not_found',
    );
  });

  it('has a commercial invoice, the same bytes however often it is printed, until the address is erased (R5, R23)', async () => {
    const { offers } = await desk.quote();
    const { body } = await desk.request({ offerToken: offers[0]!.offerToken });
    const labelId = body.label.id;
    const print = () => desk.seller.send(routes.labels.printCommercialInvoice, { params: { labelId } });
    expect((await refusedWith(print())).code).toBe('http.not_found');
    await desk.change(labelId, { state: 'purchased', trackingId: 'TRK-INVOICE' });
    const answer = await print();
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(answer.headers.get('content-disposition')).toContain(`invoice-${desk.orderId}-1.pdf`);
    const first = Buffer.from(await answer.body.arrayBuffer());
    expect(first.subarray(0, 5).toString()).toBe('%PDF-');
    expect(Buffer.from(await (await print()).body.arrayBuffer()).equals(first)).toBe(true);
    const other = await desk.gateway.clientOf('seller', 'somebody-else');
    const foreign = other.call(routes.labels.printCommercialInvoice, { params: { labelId } });
    expect((await refusedWith(foreign)).code).toBe('http.not_found');
    await desk.gateway.database.query('update orders set ship_to = null where id = $1', [desk.orderId]);
    expect((await refusedWith(print())).code).toBe('http.not_found');
  });

  it('is taken back before its first scan, and not after', async () => {
    const labelId = await desk.bought('TRK-VOID');
    const voided = await desk.seller.send(routes.labels.voidLabel, { params: { labelId } });
    expect(voided).toMatchObject({ status: 202, body: { label: { state: 'voiding' } } });
    expect(await desk.messagesNamed('void-label')).toMatchObject([
      { payload: { labelId }, operationId: voided.body.operationId },
    ]);
    expect((await refusedWith(desk.seller.call(routes.labels.voidLabel, { params: { labelId } }))).code).toBe(
      'label.not_voidable',
    );

    desk.orderId = await desk.newOrder();
    const scanned = await desk.bought('TRK-SCANNED');
    const event = {
      kind: 'event',
      trackingId: 'TRK-SCANNED',
      code: 'PickupDone',
      happenedAt: ago(1_000),
    } as const;
    await desk.gateway.producer.call(routes.trackingEvents.reportTrackingEvents, { body: { events: [event] } });
    const late = desk.seller.call(routes.labels.voidLabel, { params: { labelId: scanned } });
    expect(codesOf(await refusedWith(late))).toEqual(['label.already_scanned']);
  });

  it('that was not bought says in the language of the reader why, and what to do', async () => {
    const labelId = await desk.bought('TRK-REFUSED');
    const apiKey = await desk.gateway.keyOf('seller', desk.shop.sellerId);
    const reader = createClient({ baseUrl: desk.gateway.baseUrl, apiKey, locale: 'zh-CN' });
    const shown = () => reader.call(routes.labels.getLabel, { params: { labelId } });
    expect(await shown()).toMatchObject({ reason: null, problem: null });
    await desk.change(labelId, { state: 'refused', reason: 'carrier.address_invalid' });
    expect((await shown()).problem).toEqual({
      code: 'carrier.address_invalid',
      rule: 'R17',
      field: '',
      message: '承运商不接受发件人或收件人的地址。',
      remedy: '请检查双方地址的姓名、街道、城市、邮编和电话。',
    });
    await desk.change(labelId, { reason: 'order_cancelled' });
    const { items } = await desk.seller.call(routes.labels.listLabels, { params: { orderId: desk.orderId } });
    expect(items.map(({ problem }) => problem?.code)).toEqual(['purchase.order_cancelled']);
  });

  it('that was parked is listed for operators and ended by what a person found out', async () => {
    const { body } = await desk.request({ choose: 'cheapest', parcel: aParcel() });
    const params = { labelId: body.label.id };
    const resolution = { found: 'bought', charge: usd(9_99), shipmentRef: 'SH-1', trackingId: 'TRK-PARKED' } as const;
    const early = desk.gateway.operator.call(routes.labels.resolveParkedLabel, { params, body: resolution });
    expect((await refusedWith(early)).code).toBe('label.not_parked');
    await desk.change(params.labelId, { state: 'parked', reason: 'look_ups_exhausted' });
    const parked = await desk.gateway.operator.call(routes.labels.listParkedLabels, {});
    expect(parked.items.map(({ id }) => id)).toEqual([params.labelId]);
    expect(parked.items[0]!.problem).toMatchObject({ code: 'purchase.look_ups_exhausted', rule: 'R17' });
    const resolved = await desk.gateway.operator.call(routes.labels.resolveParkedLabel, { params, body: resolution });
    expect(resolved).toMatchObject({ state: 'purchased', trackingId: 'TRK-PARKED', charge: usd(9_99) });
    const [order] = await desk.gateway.database.transaction((tx) => tx.find(OrderEntity, [desk.orderId as OrderId]));
    expect(order!.state).toBe('confirmed');
    expect(await desk.messagesNamed('decide-payout')).toHaveLength(2);
  });
});
