import { FeedRowEntity, OperationEntity } from '@ge/database';
import type { FeedId } from '@ge/domain';
import { deathsTried, drained } from '@ge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { columns, domestic, feedOf, reportOf, row, submit } from './confirmationScene.ts';
import { type LabelRig, startLabelRig } from './labelRig.ts';
import type { seller } from './purchases.ts';

let rig: LabelRig;

beforeEach(async () => {
  rig = await startLabelRig();
});

afterEach(async () => {
  await rig.close();
});

const rowsOf = async (id: FeedId) => {
  const rows = await rig.db.database.transaction((tx) =>
    tx.select(FeedRowEntity, 'where t.feed_id = $1 order by t.record_no', [id]),
  );
  return rows.map((row) => `${row.recordNo} ${row.outcome} ${row.problems.map((problem) => problem.code).join()}`);
};

const fleet = (env: Record<string, string> = {}) =>
  Promise.all([rig.start('relay'), rig.start('sku-assignment'), rig.start('label-purchase', env)]);

test('GE rows are refused each with its own error, the rows beside them confirm their orders (R18)', async () => {
  const [abroad, alsoAbroad] = await rig.addOrders(2);
  const [whole, inParts, done] = await rig.addOrders(3, domestic);
  const [foreign] = await rig.addOrders(1, { ...domestic, sellerId: 'S-2' as typeof seller });
  await rig.db.database.query(`update orders set state = 'confirmed' where id = $1`, [done]);
  await fleet();
  const id = await submit(
    rig.db.database,
    [
      columns,
      row(abroad!),
      row(whole!),
      row(inParts!, 'L1', '1'),
      row(alsoAbroad!, 'L1', '1'),
      row(inParts!, 'L1', '2'),
      row(foreign!),
      row(done!),
      row(whole!),
      row(inParts!, 'L1', '1'),
      row(inParts!, 'NONE', '1'),
      row('not an order'),
    ].join('\r\n'),
  );
  await drained(rig.db.database);
  expect(await rowsOf(id)).toEqual([
    '1 rejected confirmation.ge_order',
    '2 applied ',
    '3 applied ',
    '4 rejected confirmation.ge_order',
    '5 rejected confirmation.quantity_invalid',
    '6 rejected order.unknown',
    '7 rejected order.already_confirmed',
    '8 rejected order.already_confirmed',
    '9 applied ',
    '10 rejected order.already_confirmed',
    '11 rejected GE-18002',
  ]);
  const states = Object.fromEntries((await rig.orders()).map((order) => [order.id, `${order.state} ${order.payout}`]));
  expect(states).toEqual({
    [abroad!]: 'pending pending',
    [alsoAbroad!]: 'pending pending',
    [whole!]: 'confirmed released',
    [inParts!]: 'confirmed released',
    [done!]: 'confirmed pending',
    [foreign!]: 'pending pending',
  });
  const feed = await feedOf(rig.db.database, id);
  expect(feed).toMatchObject({ state: 'DONE', stagedRows: 11, settledRows: 11 });
  expect(feed.counts).toMatchObject({ processed: 11, applied: 3, rejected: 8 });
  const report = await reportOf(rig.db.database, id);
  expect(report).toContain('original-record-number\torder-id\torder-item-id\terror-code');
  expect(report).toMatch(new RegExp(`^1\t${abroad}\t\tconfirmation.ge_order\tError\t.*Buy Shipping`, 'm'));
  const operations = await rig.db.database.transaction((tx) => tx.select(OperationEntity, 'where true'));
  expect(operations.map((operation) => operation.state)).toEqual(['closed']);
});

const envelope = (messages: readonly string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?><AmazonEnvelope><Header><DocumentVersion>1.01</DocumentVersion></Header>
<MessageType>OrderFulfillment</MessageType>${messages
    .map((body, i) => `<Message><MessageID>${i + 1}</MessageID><OrderFulfillment>${body}</OrderFulfillment></Message>`)
    .join('\n')}</AmazonEnvelope>`;

const fulfilment = (orderId: string, items: readonly string[] = []) =>
  `<AmazonOrderID>${orderId}</AmazonOrderID><FulfillmentDate>2026-11-20T10:00:00</FulfillmentDate>
<FulfillmentData><CarrierCode>UPS</CarrierCode><ShipperTrackingNumber>1Z9</ShipperTrackingNumber></FulfillmentData>${items
    .map((item) => `<Item><AmazonOrderItemCode>${item}</AmazonOrderItemCode><Quantity>1</Quantity></Item>`)
    .join('')}`;

test('XML messages confirm all their items or none, and GE messages are refused alike (R18)', async () => {
  const [abroad] = await rig.addOrders(1);
  const [whole, twoItems] = await rig.addOrders(2, domestic);
  await fleet();
  const id = await submit(
    rig.db.database,
    envelope([
      fulfilment(abroad!),
      fulfilment(whole!, ['L1', 'L9']),
      fulfilment(twoItems!, ['L1', 'L1']),
      fulfilment(whole!),
    ]),
    'shipping-confirmation-xml',
  );
  await drained(rig.db.database);
  expect(await rowsOf(id)).toEqual([
    '1 rejected confirmation.ge_order',
    '2 rejected order.line_unknown',
    '3 applied ',
    '4 applied ',
  ]);
  expect(await feedOf(rig.db.database, id)).toMatchObject({
    state: 'DONE',
    counts: { processed: 4, applied: 2, rejected: 2 },
  });
});

test.for(deathsTried(['batch.saved', 'batch.taken', 'batch.committed']))(
  'killed with SIGKILL at %s in the middle of a file: every row is accounted for once',
  async (failpoint) => {
    const orderIds = await rig.addOrders(3_000, domestic);
    const ge = await rig.addOrders(200);
    const id = await submit(
      rig.db.database,
      [columns, ...[...orderIds, ...ge].map((orderId) => row(orderId))].join('\n'),
    );
    await rig.start('relay');
    const victim = await rig.start('label-purchase', { GE_FAILPOINT: failpoint, SLICE_ROWS: '500' });
    await victim.ended;
    rig.running.splice(rig.running.indexOf(victim), 1);
    await Promise.all([rig.start('sku-assignment'), rig.start('label-purchase', { SLICE_ROWS: '500' })]);
    await drained(rig.db.database);
    expect(await feedOf(rig.db.database, id)).toMatchObject({
      state: 'DONE',
      counts: { processed: 3_200, applied: 3_000, rejected: 200 },
    });
    expect((await rig.orders()).filter((order) => order.state === 'confirmed')).toHaveLength(3_000);
  },
);

test('a file that cannot be read ends FATAL with a report that says why, and nothing is confirmed', async () => {
  const [orderId] = await rig.addOrders(1, domestic);
  await fleet();
  const id = await submit(rig.db.database, `order-number\tdate\n${orderId}\t2026-11-20`);
  await drained(rig.db.database);
  expect(await feedOf(rig.db.database, id)).toMatchObject({ state: 'FATAL', stagedRows: 0 });
  expect(await reportOf(rig.db.database, id)).toMatch(/\tFatal\t/);
  expect(await rig.orders()).toMatchObject([{ state: 'pending' }]);
});
