import { type BodyIn, type Client, createClient, routes } from '@ge/api';
import { MessageEntity, RegionSettingEntity, SuspensionEntity } from '@ge/database';
import type { SellerId, SuspensionId } from '@ge/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { codesOf, refusedWith } from './refusedWith.ts';
import { startGateway, type TestGateway } from './startGateway.ts';
import { anOrder, berlin, openShop, type Shop, usd } from './tradeFixture.ts';

let gateway: TestGateway;
let shop: Shop;
let seller: Client;
let params: { sellerId: string };
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway?.close());
beforeEach(async () => {
  shop = await openShop(gateway);
  params = { sellerId: shop.sellerId };
  seller = await gateway.clientOf('seller', shop.sellerId);
});

type NewOrder = Partial<BodyIn<typeof routes.orders.createOrder>>;
const create = (over: NewOrder = {}) =>
  gateway.producer.call(routes.orders.createOrder, { params, body: anOrder(over) });
const line = (lineId: string, sku: string, quantity = 1) => ({ lineId, sku, quantity, unitPrice: usd(10_00) });
const domestic = { isGlobalExpress: false, destination: 'US', shipTo: { ...berlin, country: 'US', state: 'NY' } };

/** What an operator's suspension leaves behind. */
const suspend = (destination: string) =>
  gateway.database.transaction(async (tx) => {
    await tx.query('update programme set suspension_version = suspension_version + 1 where id = 1');
    const id = `sus_${destination}` as SuspensionId;
    await tx.insert(SuspensionEntity, [
      { id, destination, state: 'active', reason: 'test', version: 1, suspendedAt: new Date(), liftedAt: null },
    ]);
  });

describe('an order', () => {
  it('is decided line by line at this moment, keeps the refused ones with their reasons, and the versions (R4, R5)', async () => {
    const lines = [line('L1', 'SHIRT', 2), line('L2', 'HOME-SHIRT'), line('L3', 'BARE'), line('L4', 'NO-SUCH')];
    const { order, warnings } = await create({ lines, importFeeDeposit: usd(12_00) });
    expect(warnings).toEqual([]);
    expect(order).toMatchObject({
      state: 'pending',
      payout: 'pending',
      isGlobalExpress: true,
      importFeeDeposit: usd(12_00),
    });
    expect(order.shipBy).toBeInstanceOf(Date);
    expect(order.lines.map(({ accepted }) => accepted)).toEqual([true, false, false, false]);
    expect(order.lines[0]).toMatchObject({ templateId: shop.world, templateVersion: 1 });
    expect(order.lines[1]!.refusals[0]).toMatchObject({ code: 'template.not_exporting', field: '/lines/1' });
    expect(order.lines[3]!.refusals[0]).toMatchObject({ code: 'order.sku_unknown', rule: 'R5' });
    const messages = await gateway.database.transaction((tx) =>
      tx.select(MessageEntity, 'where t.seller_id = $1', [shop.sellerId]),
    );
    expect(messages).toMatchObject([{ name: 'decide-payout', payload: { orderId: order.id, atShipBy: true } }]);
    expect(messages[0]!.dueAt).toEqual(new Date(order.shipBy.getTime() + 1));
    const seen = await seller.call(routes.orders.getOrder, { params: { orderId: order.id } });
    expect(seen).toEqual(order);
    expect(seen.shipTo).toMatchObject({ city: 'Berlin' });
  });

  it('with every line refused is refused with all reasons, in both languages, and leaves nothing', async () => {
    const body = anOrder({ lines: [line('L1', 'HOME-SHIRT'), line('L2', 'NO-SUCH')] });
    const problem = await refusedWith(gateway.producer.call(routes.orders.createOrder, { params, body }));
    expect(problem).toMatchObject({ status: 422, code: 'order.all_lines_refused' });
    expect(codesOf(problem)).toEqual(['order.all_lines_refused', 'template.not_exporting', 'order.sku_unknown']);
    const chinese = createClient({
      baseUrl: gateway.baseUrl,
      apiKey: await gateway.keyOf('producer'),
      locale: 'zh-CN',
    });
    const inChinese = await refusedWith(chinese.call(routes.orders.createOrder, { params, body }));
    expect(codesOf(inChinese)).toEqual(codesOf(problem));
    for (const { message } of inChinese.errors) expect(message).toMatch(/\p{Script=Han}/u);
    expect((await seller.call(routes.orders.listOrders, { params })).items).toEqual([]);
  });

  it('to an excluded or suspended destination is refused, also where no fan-out has begun (R11, R13)', async () => {
    await suspend('AT');
    const vienna = { destination: 'AT', shipTo: { ...berlin, city: 'Wien', postalCode: '1010', country: 'AT' } };
    const suspended = await refusedWith(create(vienna));
    expect(codesOf(suspended)).toContain('template.destination_suspended');
    await gateway.database.transaction(async (tx) => {
      const setting = { version: 1, commandNo: 1, excludedDestinations: ['DE'], savedAt: new Date() };
      await tx.insert(RegionSettingEntity, [{ sellerId: shop.sellerId as SellerId, ...setting }]);
      await tx.query('update sellers set region_setting_version = 1 where id = $1', [shop.sellerId]);
    });
    expect(codesOf(await refusedWith(create()))).toContain('template.destination_excluded');
  });

  it('is checked beforehand with the same answer, and nothing is kept', async () => {
    const { orderId: _, shipTo: __, ...body } = anOrder({ lines: [line('L1', 'SHIRT'), line('L2', 'BARE')] });
    const checked = await seller.call(routes.orders.checkOrder, { params, body });
    const { order } = await create({ lines: body.lines });
    expect(checked).toEqual({ acceptable: true, lines: order.lines, shipBy: order.shipBy });
    const none = await seller.call(routes.orders.checkOrder, {
      params,
      body: { ...body, lines: [line('L1', 'BARE')] },
    });
    expect(none.acceptable).toBe(false);
  });

  it('that is malformed names every field, and one that is known answers 409', async () => {
    const lines = [line('L1', 'SHIRT', 0), line('L1', 'SHIRT')];
    const problem = await refusedWith(create({ lines, handlingDays: 99 }));
    expect(codesOf(problem)).toEqual(['order.quantity_invalid', 'order.line_repeated', 'order.handling_days_invalid']);
    const body = anOrder();
    await gateway.producer.call(routes.orders.createOrder, { params, body });
    const again = await refusedWith(gateway.producer.call(routes.orders.createOrder, { params, body }));
    expect(again).toMatchObject({ status: 409, code: 'http.conflict' });
  });

  it('under one idempotency key is taken once; what is kept of the answer is without the address', async () => {
    const request = { params, body: anOrder(), idempotencyKey: `order-${shop.sellerId}` };
    const first = await gateway.producer.send(routes.orders.createOrder, request);
    const second = await gateway.producer.send(routes.orders.createOrder, request);
    expect(first.body.order.shipTo).toMatchObject({ city: 'Berlin' });
    expect(second.body).toEqual({ ...first.body, order: { ...first.body.order, shipTo: null } });
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    const kept = await gateway.database.query<{ text: string }>('select k::text as text from idempotency_keys k');
    expect(kept.map(({ text }) => text).join()).not.toContain(berlin.line1);
  });

  it('is hidden from other sellers', async () => {
    const { order } = await create();
    const other = await gateway.clientOf('seller', 'somebody-else');
    const at = { params: { orderId: order.id } };
    const calls: readonly (() => Promise<unknown>)[] = [
      () => other.call(routes.orders.getOrder, at),
      () => other.call(routes.orders.cancelOrder, { ...at, body: {} }),
      () => other.call(routes.orders.confirmShipment, { ...at, body: {} }),
      () => other.call(routes.safeguards.getSafeguards, at),
      () => other.call(routes.labels.listLabels, at),
    ];
    for (const call of calls) expect((await refusedWith(call())).code).toBe('http.not_found');
  });
});

describe('orders', () => {
  it('are listed page by page, by state, without addresses', async () => {
    const made = [await create(), await create(), await create(domestic)].map(({ order }) => order.id).sort();
    await seller.call(routes.orders.cancelOrder, { params: { orderId: made[0]! }, body: {} });
    const list = (query: object) => seller.call(routes.orders.listOrders, { params, query });
    const first = await list({ limit: 2 });
    const second = await list({ limit: 2, cursor: first.nextCursor! });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(made);
    expect(first.items[0]).not.toHaveProperty('shipTo');
    expect((await list({ state: 'cancelled' })).items.map(({ id }) => id)).toEqual([made[0]]);
  });

  it('that wait for shipping are listed as duties, the most urgent first (R21)', async () => {
    const late = await create({ handlingDays: 9 });
    const soon = await create({ handlingDays: 1 });
    await create(domestic);
    await gateway.database.query("update shipping_templates set ge_state = 'deactivated' where seller_id = $1", [
      shop.sellerId,
    ]);
    const duties = (query: object) => seller.call(routes.orders.listDuties, { params, query });
    const first = await duties({ limit: 1 });
    const second = await duties({ limit: 1, cursor: first.nextCursor! });
    expect([first.items, second.items, second.nextCursor]).toMatchObject([
      [{ orderId: soon.order.id, overdue: false, destination: 'DE' }],
      [{ orderId: late.order.id }],
      null,
    ]);
  });
});

describe('changing an order', () => {
  it('to another address stays within its country (R24)', async () => {
    const { order } = await create();
    const at = { params: { orderId: order.id } };
    const moved = await gateway.producer.call(routes.orders.changeAddress, {
      ...at,
      body: { shipTo: { ...berlin, city: 'Hamburg', postalCode: '20095' } },
    });
    expect(moved.order.shipTo).toMatchObject({ city: 'Hamburg' });
    const abroad = gateway.producer.call(routes.orders.changeAddress, {
      ...at,
      body: { shipTo: { ...berlin, city: 'Paris', postalCode: '75001', country: 'FR' } },
    });
    expect(await refusedWith(abroad)).toMatchObject({
      code: 'order.country_fixed',
      errors: [{ field: '/shipTo/country' }],
    });
  });

  it('cancels it once; only the seller’s own wish counts against the seller, and no key names a wish that is not its to tell', async () => {
    const cancel = async (client: Client, by?: 'buyer' | 'seller' | 'operator') => {
      const { order } = await create();
      const request = { params: { orderId: order.id }, body: by ? { by } : {} };
      return { request, answer: await client.call(routes.orders.cancelOrder, request) };
    };
    const own = await cancel(seller);
    expect(own.answer).toMatchObject({
      countsAgainstSeller: true,
      order: { state: 'cancelled', payout: 'withheld', payoutReason: 'order_cancelled' },
    });
    expect((await refusedWith(seller.call(routes.orders.cancelOrder, own.request))).code).toBe('order.not_cancellable');
    expect((await cancel(gateway.producer)).answer.countsAgainstSeller).toBe(false);
    expect((await cancel(gateway.operator)).answer.countsAgainstSeller).toBe(false);
    await expect(cancel(seller, 'buyer')).rejects.toMatchObject({ problem: { code: 'http.forbidden' } });
    await expect(cancel(gateway.producer, 'operator')).rejects.toMatchObject({ problem: { code: 'http.forbidden' } });
  });
});

describe('a held order', () => {
  it('is cancelled by the operator without harm to any of the seller’s metrics (R13, R22)', async () => {
    const { order } = await create();
    await gateway.database.query("update orders set state = 'held' where id = $1", [order.id]);
    const at = { params: { orderId: order.id } };
    const cancelled = await gateway.operator.call(routes.orders.cancelOrder, { ...at, body: {} });
    expect(cancelled.countsAgainstSeller).toBe(false);
    expect(await seller.call(routes.orders.getOrder, at)).toMatchObject({
      state: 'cancelled',
      cancelledBy: 'operator',
      countsAgainstSeller: false,
    });
    const verdicts = await seller.call(routes.safeguards.getSafeguards, at);
    for (const verdict of [verdicts.negative_feedback, verdicts.valid_tracking_rate]) {
      expect(verdict).toMatchObject({
        isProtected: true,
        checklist: [{ condition: 'cancelled_without_fault', met: true }],
      });
    }
  });
});

describe('a confirmation by call', () => {
  it('of a GE order is refused, like a row of a file (R18)', async () => {
    const { order } = await create();
    const call = seller.call(routes.orders.confirmShipment, { params: { orderId: order.id }, body: {} });
    expect(await refusedWith(call)).toMatchObject({
      status: 422,
      code: 'confirmation.ge_order',
      errors: [{ rule: 'R18', field: '/path/orderId' }],
    });
  });

  it('confirms a domestic order in parts, and releases its payout with the last', async () => {
    const { order } = await create({ ...domestic, lines: [line('L1', 'SHIRT', 3), line('L2', 'HOME-SHIRT')] });
    const confirm = (body: object) =>
      seller.call(routes.orders.confirmShipment, { params: { orderId: order.id }, body });
    const part = await confirm({ lineId: 'L1', quantity: 2 });
    expect(part.order).toMatchObject({ state: 'pending', payout: 'pending', lines: [{ confirmedQuantity: 2 }, {}] });
    expect((await refusedWith(confirm({ lineId: 'L1', quantity: 2 }))).code).toBe('confirmation.quantity_invalid');
    const rest = await confirm({ shipDate: new Date().toISOString() });
    expect(rest.order).toMatchObject({ state: 'confirmed', payout: 'released' });
    expect((await refusedWith(confirm({}))).code).toBe('order.already_confirmed');
  });
});
