import { createClient, routes } from '@ge/api';
import { OrderEntity } from '@ge/database';
import type { LabelFormat, LabelId, OrderId } from '@ge/domain';
import { countStatements, orderRow } from '@ge/testkit';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { askAtExpress, buyItems } from './buyItems.ts';
import { codesOf, refusedWith } from './refusedWith.ts';
import { tradeDesk } from './tradeDesk.ts';
import { aParcel, berlin, usd } from './tradeFixture.ts';

const desk = tradeDesk();
beforeAll(() => desk.open());
afterAll(() => desk.close());
beforeEach(() => desk.nextShop());

type Item = { readonly orderId: string; readonly parcel: ReturnType<typeof aParcel>; readonly parcelNo?: number };
const itemOf = (orderId: string, parcel: object = {}): Item => ({ orderId, parcel: aParcel(parcel) });

const send = (items: readonly object[], more: object = {}, idempotencyKey?: string) =>
  desk.seller.send(routes.labelBatches.createLabelBatch, {
    params: { sellerId: desk.shop.sellerId },
    body: { items: items as Item[], ...more },
    ...(idempotencyKey !== undefined && { idempotencyKey }),
  });

const newOrders = async (count: number) => {
  const ids: string[] = [];
  for (let i = 0; i < count; i += 1) ids.push(await desk.newOrder());
  return ids;
};

const buy = (batchId: string, trackingIds: readonly string[], format?: LabelFormat) =>
  buyItems(desk, batchId, trackingIds, format);

describe('a label batch', () => {
  it('is judged as a whole before anything is bought: what is wrong with one item keeps no other away (R17)', async () => {
    const [first, second, third] = await newOrders(3);
    const { status, body } = await send([
      itemOf(first!),
      itemOf(second!, { weightGrams: 0, contents: [{ lineId: 'L1', quantity: 9 }] }),
      itemOf('114-9999999-9999999'),
      itemOf(first!),
      itemOf(third!),
      { orderId: third, offerToken: 'quo_none.1' },
    ]);
    expect(status).toBe(202);
    expect(body.batch).toMatchObject({ state: 'open', total: 6, counts: { waiting: 2, refused: 4 }, charged: [] });
    const codes = body.refused.map(({ itemNo, refusals }) => [itemNo, ...refusals.map((r) => `${r.code} ${r.field}`)]);
    expect(codes).toEqual([
      [1, 'parcel.weight_invalid /parcel/weightGrams', 'parcel.quantity_invalid /parcel/contents/0/quantity'],
      [2, 'order.unknown /orderId'],
      [3, 'label_batch.item_repeated '],
      [5, 'label.quote_unknown /offerToken'],
    ]);
    expect(await desk.messagesNamed('order-batch-labels')).toMatchObject([
      { operationId: body.operationId, payload: { batchId: body.batch.id } },
    ]);
    const params = { batchId: body.batch.id };
    const page = (state?: 'refused' | 'waiting', cursor?: string) =>
      desk.seller.call(routes.labelBatches.listLabelBatchItems, {
        params,
        query: { limit: 3, ...(state && { state }), ...(cursor && { cursor }) },
      });
    const refused = await page('refused');
    expect(refused.items.map(({ itemNo }) => itemNo)).toEqual([1, 2, 3]);
    expect((await page('refused', refused.nextCursor!)).items.map(({ itemNo }) => itemNo)).toEqual([5]);
    expect((await page('waiting')).items.map(({ itemNo, state, label }) => [itemNo, state, label])).toEqual([
      [0, 'waiting', null],
      [4, 'waiting', null],
    ]);
    const { items } = await desk.seller.call(routes.labelBatches.listLabelBatches, {
      params: { sellerId: desk.shop.sellerId },
    });
    expect(items).toEqual([body.batch]);
  });

  it('takes nothing where all or nothing is wanted and an item is refused; the reasons name their items', async () => {
    const [orderId] = await newOrders(1);
    const items = [itemOf(orderId!), itemOf(orderId!, { heightMm: 0 })];
    const problem = await refusedWith(send(items, { allOrNothing: true }));
    expect(problem).toMatchObject({
      status: 422,
      code: 'label_batch.not_all_taken',
      errors: [
        { code: 'label_batch.not_all_taken', field: '/items' },
        { code: 'label_batch.item_repeated', field: '/items/1' },
      ],
    });
    expect(await desk.messagesNamed('order-batch-labels')).toEqual([]);
    expect((await send(items.slice(0, 1), { allOrNothing: true })).body.batch.counts.waiting).toBe(1);
  });

  it('of which nothing is good is closed at once, and owes nobody anything', async () => {
    const { body } = await send([itemOf('114-9999999-9999999')]);
    expect(body.batch).toMatchObject({ state: 'closed', counts: { refused: 1 } });
    expect(await desk.messagesNamed('order-batch-labels')).toEqual([]);
    const operation = await desk.seller.call(routes.operations.getOperation, {
      params: { operationId: body.operationId },
    });
    expect(operation.state).toBe('closed');
  });

  it('is one batch under one idempotency key, and unseen by other sellers', async () => {
    const [orderId] = await newOrders(1);
    const first = await send([itemOf(orderId!)], {}, 'batch-once');
    expect((await send([itemOf(orderId!)], {}, 'batch-once')).body).toEqual(first.body);
    expect((await refusedWith(send([itemOf(orderId!)], { format: 'ZPL203' }, 'batch-once'))).status).toBe(422);
    const other = await desk.gateway.clientOf('seller', 'somebody-else');
    for (const route of [
      routes.labelBatches.getLabelBatch,
      routes.labelBatches.pauseLabelBatch,
      routes.labelBatches.cancelLabelBatch,
      routes.labelBatches.downloadLabelBatch,
    ]) {
      const call = other.call(route, { params: { batchId: first.body.batch.id } });
      expect((await refusedWith(call)).code).toBe('http.not_found');
    }
  });

  it('is paused, goes on and is cancelled: what waits ends, what is bought stays', async () => {
    const { body } = await send((await newOrders(3)).map((id) => itemOf(id)));
    const params = { batchId: body.batch.id };
    const { call } = desk.seller;
    expect(await call(routes.labelBatches.pauseLabelBatch, { params })).toMatchObject({ state: 'paused' });
    const snoozed = `update messages set due_at = now() + interval '1 hour' where name = 'order-batch-labels' and seller_id = $1`;
    await desk.gateway.database.query(snoozed, [desk.shop.sellerId]);
    expect(await call(routes.labelBatches.resumeLabelBatch, { params })).toMatchObject({ state: 'open' });
    const [woken] = await desk.messagesNamed('order-batch-labels');
    expect(woken!.dueAt!.getTime()).toBeLessThanOrEqual(Date.now());
    await buy(body.batch.id, ['PAUSED-1']);
    const cancelled = await call(routes.labelBatches.cancelLabelBatch, { params });
    expect(cancelled).toMatchObject({
      state: 'cancelled',
      counts: { bought: 1, cancelled: 2, waiting: 0 },
      charged: [usd(10_00)],
    });
    for (const late of [routes.labelBatches.resumeLabelBatch, routes.labelBatches.pauseLabelBatch])
      expect((await refusedWith(call(late, { params }))).code).toBe('label_batch.cancelled');
    expect(await call(routes.labelBatches.cancelLabelBatch, { params })).toEqual(cancelled);
  });

  it('says what of it has stepped aside and when its carriers are asked again; gone on with, it is asked at once', async () => {
    const { body } = await send((await newOrders(2)).map((id) => itemOf(id)));
    const params = { batchId: body.batch.id };
    const { call } = desk.seller;
    const askAgainAt = new Date(Date.now() + 60_000);
    await desk.gateway.database.query(
      'update label_batch_items set offerless_since = now(), ask_again_at = $2 where batch_id = $1 and item_no = 1',
      [body.batch.id, askAgainAt],
    );
    expect(await call(routes.labelBatches.getLabelBatch, { params })).toMatchObject({
      counts: { waiting: 2 },
      aside: 1,
    });
    const asked = async () =>
      (await call(routes.labelBatches.listLabelBatchItems, { params })).items.map((item) => item.askAgainAt);
    expect(await asked()).toEqual([null, askAgainAt]);
    expect(await call(routes.labelBatches.resumeLabelBatch, { params })).toMatchObject({ aside: 0 });
    expect(await asked()).toEqual([null, null]);
  });

  it('says which carriers it waits for while they are down or stopped, and with how many labels, and nothing of those that work', async () => {
    const { body } = await send((await newOrders(3)).map((id) => itemOf(id)));
    const params = { batchId: body.batch.id };
    const awaited = async () => (await desk.seller.call(routes.labelBatches.getLabelBatch, { params })).awaited;
    await askAtExpress(desk, body.batch.id, 2);
    expect(await awaited()).toEqual([]);
    const breaker = { params: { carrierId: 'simulator-express' } };
    const { setBreaker } = routes.carriers;
    await desk.gateway.operator.call(setBreaker, { ...breaker, body: { state: 'open', reason: 'prices wrong' } });
    const stopped = { carrierId: 'simulator-express', labels: 2, reason: 'stopped', retryAt: null };
    expect(await awaited()).toEqual([stopped]);
    // Another that is stopped, too, is named once something has stepped aside for it.
    const other = { params: { carrierId: 'simulator-parcel' } };
    await desk.gateway.operator.call(setBreaker, { ...other, body: { state: 'open', reason: 'prices wrong' } });
    const asideFor = (carrierId: string) =>
      desk.gateway.database.query(
        `update label_batch_items set offerless_since = now(), ask_again_at = now(), awaited_carriers = array[$2]
          where batch_id = $1 and item_no = 2`,
        [body.batch.id, carrierId],
      );
    await asideFor('simulator-express');
    expect(await awaited()).toEqual([stopped]);
    await asideFor('simulator-parcel');
    expect(await awaited()).toEqual([stopped, { ...stopped, carrierId: 'simulator-parcel', labels: 0 }]);
    await desk.gateway.operator.call(setBreaker, { ...other, body: { state: 'closed' } });
    await desk.gateway.operator.call(setBreaker, { ...breaker, body: { state: 'closed' } });
    expect(await awaited()).toEqual([]);
  });

  it('is printed as one PDF: a page for each bought label, in the order of its items', async () => {
    const { body } = await send((await newOrders(5)).map((id) => itemOf(id)));
    const params = { batchId: body.batch.id };
    const document = () => desk.seller.send(routes.labelBatches.downloadLabelBatch, { params });
    expect(codesOf(await refusedWith(document()))).toEqual(['label_batch.nothing_to_print']);
    await buy(body.batch.id, ['PAGE-A', 'PAGE-B', 'PAGE-C']);
    await desk.change('lbl_PAGE-B' as LabelId, { state: 'voided' });
    const answer = await document();
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    const pdf = await getDocumentProxy(new Uint8Array(await answer.body.arrayBuffer()));
    const { text } = await extractText(pdf, { mergePages: false });
    expect(text.map((page) => /PAGE-\w/.exec(page)?.[0])).toEqual(['PAGE-A', 'PAGE-C']);
    const shown = await desk.seller.call(routes.labelBatches.getLabelBatch, { params });
    expect(shown).toMatchObject({ counts: { bought: 2, voided: 1, waiting: 2 }, charged: [usd(20_02)] });
  });

  it('of ZPL is its labels one after another; PNG is not joined', async () => {
    const [one, two, three] = await newOrders(3);
    const zpl = await send([itemOf(one!), itemOf(two!)], { format: 'ZPL203' });
    await buy(zpl.body.batch.id, ['ZPL-1', 'ZPL-2'], 'ZPL203');
    const download = (batchId: string) =>
      desk.seller.send(routes.labelBatches.downloadLabelBatch, { params: { batchId } });
    expect(await (await download(zpl.body.batch.id)).body.text()).toBe('^XA^FDZPL-1^XZ\n^XA^FDZPL-2^XZ\n');
    const png = await send([itemOf(three!)], { format: 'PNG' });
    expect((await refusedWith(download(png.body.batch.id))).code).toBe('label_batch.format_not_joined');
  });

  it('of 10,000 parcels is judged and kept in a few statements', async () => {
    const { database } = desk.gateway;
    const { sellerId, world } = desk.shop;
    const [template] = await database.transaction((tx) => tx.find(OrderEntity, [desk.orderId as OrderId]));
    const ids = Array.from({ length: 10_000 }, (_, i) => `115-${sellerId.slice(3)}-${String(i).padStart(7, '0')}`);
    await database.transaction((tx) =>
      tx.insert(
        OrderEntity,
        ids.map((id) => orderRow(sellerId, id, { shipTo: berlin, lines: template!.lines })),
      ),
    );
    expect(world).toBe(template!.lines[0]!.templateId);
    const items = ids.map((id, i) => itemOf(id, i % 100 === 99 ? { weightGrams: -1 } : {}));
    const counted = await countStatements(database);
    const { body } = await send(items);
    const statements = counted();
    expect(body.batch).toMatchObject({ total: 10_000, counts: { waiting: 9_900, refused: 100 } });
    expect(body.refused).toHaveLength(100);
    expect(statements).toBeLessThan(40);
  });

  it('says in Chinese what is wrong with an item, to who reads Chinese', async () => {
    const apiKey = await desk.gateway.keyOf('seller', desk.shop.sellerId);
    const reader = createClient({ baseUrl: desk.gateway.baseUrl, apiKey, locale: 'zh-CN' });
    const { refused } = await reader.call(routes.labelBatches.createLabelBatch, {
      params: { sellerId: desk.shop.sellerId },
      body: { items: [itemOf('114-9999999-9999999')] },
    });
    expect(refused[0]!.refusals[0]!.message).toBe('该卖家没有订单 114-9999999-9999999。');
  });
});
