import { routes } from '@ge/api';
import { type CarrierSimulator, startCarrierSimulator } from '@ge/carrier-simulator';
import { drained, type ServiceProcess, startService, testSpace } from '@ge/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startGateway, type TestGateway } from './startGateway.ts';
import { anOrder, aParcel, openShop } from './tradeFixture.ts';

const apiKey = 'a-carrier-key-for-tests';
const space = testSpace();
const running: ServiceProcess[] = [];
let simulator: CarrierSimulator;
let gateway: TestGateway;
beforeAll(async () => {
  simulator = await startCarrierSimulator({ apiKey });
  const carrier = { CARRIER_URL: simulator.url, CARRIER_API_KEY: apiKey };
  gateway = await startGateway(carrier);
  const { databaseUrl } = gateway;
  for (const name of ['relay', 'sku-assignment', 'label-purchase']) {
    running.push(await startService(name, { databaseUrl, space, env: name === 'label-purchase' ? carrier : {} }));
  }
});
afterAll(async () => {
  await Promise.all(running.map((service) => service.stop()));
  await gateway?.close();
  await simulator?.close();
});

it('what the API accepts is carried out: a move, a feed, a label, its first scan and the payout (R14-R18)', async () => {
  const { sellerId, world, home } = await openShop(gateway);
  const params = { sellerId };
  const seller = await gateway.clientOf('seller', sellerId);
  const operation = (id: string) => seller.call(routes.operations.getOperation, { params: { operationId: id } });

  const items = [
    { sku: 'HOME-SHIRT', template: { name: 'World' } },
    { sku: 'NO-SUCH', template: { id: home } },
  ];
  const moved = await seller.call(routes.skus.assignSkus, { params, body: { items } });
  const feed = await seller.call(routes.feeds.uploadFeed, {
    params,
    query: { type: 'inventory-loader' },
    upload: {
      bytes: 'sku\tmerchant_shipping_group_name\r\nHOME-SHIRT\tHome\r\nBARE\tNowhere\r\n',
      mediaType: 'text/plain',
    },
  });
  await drained(gateway.database);
  expect(await operation(moved.operationId)).toMatchObject({
    state: 'closed',
    result: { items: [{ outcome: 'applied', templateId: world }, { outcome: 'rejected' }] },
  });
  expect(await seller.call(routes.feeds.getFeed, { params: { feedId: feed.feedId } })).toMatchObject({
    state: 'DONE',
    counts: { processed: 2, applied: 1, rejected: 1 },
  });
  const report = await seller.call(routes.feeds.downloadFeedReport, { params: { feedId: feed.feedId } });
  expect(await report.text()).toContain('BARE');
  const shirt = await seller.call(routes.skus.getSku, { params: { ...params, sku: 'HOME-SHIRT' } });
  expect(shirt.template.id).toBe(home);

  const { order } = await gateway.producer.call(routes.orders.createOrder, { params, body: anOrder() });
  const at = { params: { orderId: order.id } };
  const { offers } = await seller.call(routes.quotes.createQuote, { ...at, body: { parcel: aParcel() } });
  const { offerToken } = offers.find(({ benefits }) => benefits.included.length > 0)!;
  const asked = await seller.call(routes.labels.requestLabel, { ...at, body: { offerToken, format: 'ZPL203' } });
  const bought = async () => seller.call(routes.labels.getLabel, { params: { labelId: asked.label.id } });
  await expect.poll(async () => (await bought()).state).toBe('purchased');
  const label = await bought();
  expect(label.charge).toEqual(label.quoted);
  const document = await seller.send(routes.labels.downloadLabel, { params: { labelId: label.id } });
  expect(await document.body.text()).toMatch(/^\^XA/);
  expect(document.headers.get('content-type')).toBe('application/zpl');
  expect(await seller.call(routes.orders.getOrder, at)).toMatchObject({ state: 'confirmed', payout: 'pending' });

  const happenedAt = new Date().toISOString();
  const events = [{ kind: 'event', trackingId: label.trackingId!, code: 'PickupDone', happenedAt } as const];
  await gateway.producer.call(routes.trackingEvents.reportTrackingEvents, { body: { events } });
  await expect.poll(async () => (await seller.call(routes.orders.getOrder, at)).payout).toBe('released');
  const safeguards = await seller.call(routes.safeguards.getSafeguards, at);
  expect(safeguards.valid_tracking_rate.isProtected).toBe(true);
});
