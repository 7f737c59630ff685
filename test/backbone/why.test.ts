import { assignSkus, buyLabel, decidePayout, orderBatchLabels, takeInFeed } from '@ge/contracts';
import {
  CarrierStandingEntity,
  FeedEntity,
  holdLeases,
  LabelBatchEntity,
  LabelBatchItemEntity,
  LabelPurchaseEntity,
  OrderEntity,
  outgoing,
  pauseAction,
  pauseTarget,
  recordAudit,
  SellerEntity,
  type Settled,
  ShippingTemplateEntity,
  SkuEntity,
  SuspensionEntity,
  setPause,
  settleMessages,
  startOperation,
  type Transaction,
  takeMessages,
  whyOf,
} from '@ge/database';
import {
  type FeedId,
  goodStanding,
  type LabelBatchId,
  type LabelId,
  type OrderId,
  queueFeed,
  type SellerId,
  type SuspensionId,
  stopByHand,
} from '@ge/domain';
import { labelRow, orderRow, sellerRow, skuRow, type TestDatabase, templateRow, testDatabase } from '@ge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';

let db: TestDatabase;
const sellerId = 'S-1' as SellerId;
const now = new Date('2026-11-26T08:00:00Z');
const within = <T>(work: (tx: Transaction) => Promise<T>) => db.database.transaction(work);
const why = (id: string) => within((tx) => whyOf(tx, id, now));
const codes = async (id: string) => (await why(id))?.reasons.map(({ code }) => code);

const change = () =>
  outgoing(assignSkus, {
    payload: { sellerId, commandNo: 1, items: [{ sku: 'K', template: { name: 'T' } }] },
    sellerId,
  });

beforeEach(async () => {
  db = await testDatabase();
  await within((tx) => tx.insert(SellerEntity, [sellerRow('S-1')]));
  await holdLeases(db.database, ['sku-assignment', 'label-purchase', 'template-propagation'], 'relay', 60_000);
});
afterEach(() => db.drop());

async function ownedMessages(): Promise<{ operationId: string; ids: string[] }> {
  const operationId = await within((tx) =>
    startOperation(tx, { kind: 'test', sellerId, now }, [change(), change(), change()]),
  );
  const rows = await db.database.query<{ id: string }>('select id from messages order by id');
  return { operationId, ids: rows.map(({ id }) => id) };
}

async function end(id: string, ending: Settled['ending']): Promise<void> {
  await within(async (tx) => {
    const { mine } = await takeMessages(tx, assignSkus.name, [{ id: Number(id), gen: 0 }]);
    await settleMessages(tx, [{ message: mine[0]!, ending, followUps: [], progress: null }], now);
  });
}

test('a message, by its number or its job: its turn, those before it, its end with its history, or that this is forgotten', async () => {
  const { operationId, ids } = await ownedMessages();
  expect(await why(ids[0]!)).toMatchObject({
    kind: 'message',
    sellerId,
    state: 'ready',
    reasons: [{ code: 'message.in_turn' }],
    related: [{ kind: 'operation', id: operationId }],
  });
  expect((await why(`${ids[2]}-0`))!.reasons).toMatchObject([{ code: 'message.behind_own', params: { count: 2 } }]);
  await end(ids[0]!, { kind: 'skip', reason: 'someone was faster' });
  const ended = await why(ids[0]!);
  expect(ended).toMatchObject({ state: 'skip', reasons: [{ code: 'message.ended_because' }], messages: [] });
  expect(ended!.history).toMatchObject([{ outcome: 'skip', reason: 'someone was faster' }]);
  await end(ids[1]!, { kind: 'dead', reason: 'a defect' });
  expect((await why(ids[1]!))!.reasons).toMatchObject([{ code: 'message.dead', params: { reason: 'a defect' } }]);
  await db.database.query('delete from message_log');
  expect(await codes(ids[0]!)).toEqual(['message.forgotten']);
  expect(await why('999999')).toBeNull();
});

test('a message that a transaction has in hands is running, and asking takes nothing from it', async () => {
  const { ids } = await ownedMessages();
  const pointer = { id: Number(ids[0]), gen: 0 };
  await within(async (tx) => {
    expect((await takeMessages(tx, assignSkus.name, [pointer])).mine).toHaveLength(1);
    expect(await codes(ids[0]!)).toEqual(['message.running']);
  });
  expect(await codes(ids[0]!)).toEqual(['message.in_turn']);
  await within(async (asking) => {
    await whyOf(asking, ids[0]!, now);
    await within(async (tx) => expect((await takeMessages(tx, assignSkus.name, [pointer])).mine).toHaveLength(1));
  });
});

test('a message that is held back says by which pause, why, and who set it; without a relay it says that', async () => {
  const { ids } = await ownedMessages();
  const target = { queue: '*', sellerId: 'S-1' };
  await within(async (tx) => {
    await setPause(tx, { ...target, reason: 'under review', now });
    await recordAudit(tx, [
      {
        at: now,
        actor: 'key_7',
        role: 'operator',
        action: pauseAction,
        target: pauseTarget(target),
        before: null,
        after: null,
        reason: null,
      },
    ]);
  });
  await db.database.query('delete from relay_lease');
  expect((await why(ids[0]!))!.reasons).toMatchObject([
    { code: 'message.seller_paused', params: { by: 'key_7', reason: 'under review' } },
    { code: 'message.not_relayed' },
  ]);
});

test('an operation: how many of its messages are open, each with what it waits for, and how the others ended', async () => {
  const { operationId, ids } = await ownedMessages();
  await end(ids[0]!, { kind: 'done' });
  await end(ids[1]!, { kind: 'retry', dueAt: new Date(now.getTime() + 5_000), reason: 'the carrier is busy' });
  const answer = (await why(operationId))!;
  expect(answer).toMatchObject({ kind: 'operation', reasons: [{ code: 'operation.open', params: { open: 2 } }] });
  expect(answer.messages.map(({ reasons }) => reasons[0]!.code)).toEqual(['message.retrying', 'message.in_turn']);
  expect(answer.history.map(({ outcome }) => outcome)).toEqual(['done']);
});

test('a feed: the one before it that it waits for', async () => {
  const feed = (id: string, commandNo: number) =>
    queueFeed({ id: id as FeedId, sellerId, type: 'inventory-loader', commandNo, documentId: 'doc_1' as never }, now);
  await within(async (tx) => {
    await tx.insert(FeedEntity, [feed('feed_1', 1), feed('feed_2', 2), feed('feed_3', 3)]);
    await startOperation(tx, { kind: 'feed', sellerId, now }, [
      outgoing(takeInFeed, { payload: { sellerId, feedId: 'feed_3' as FeedId }, sellerId }),
    ]);
  });
  const answer = (await why('feed_3'))!;
  expect(answer.reasons).toMatchObject([{ code: 'feed.behind', params: { feedId: 'feed_2' } }]);
  expect(answer.messages).toHaveLength(1);
  expect(answer.related).toEqual([{ kind: 'feed', id: 'feed_2', state: 'IN_QUEUE' }]);
  expect(await codes('feed_1')).toEqual(['feed.queued']);
});

test('an order and its label: by which suspension it is held, what is owed, and how far the purchase is', async () => {
  const suspension = { id: 'sus_1' as SuspensionId, destination: 'DE', state: 'active' as const, reason: 'strike' };
  await within(async (tx) => {
    await tx.insert(SuspensionEntity, [{ ...suspension, version: 1, suspendedAt: now, liftedAt: null }]);
    await tx.insert(OrderEntity, [orderRow('S-1', '112-1', { state: 'held' })]);
    await tx.insert(LabelPurchaseEntity, [labelRow('S-1', '112-1', 'lbl_1', { state: 'unknown', lookUps: 4 })]);
    const orderId = '112-1' as never;
    await startOperation(tx, { kind: 'label', sellerId, now }, [
      outgoing(buyLabel, { payload: { sellerId, labelId: 'lbl_1' as LabelId }, sellerId }),
      outgoing(decidePayout, { payload: { sellerId, orderId }, sellerId }),
    ]);
  });
  const order = (await why('112-1'))!;
  expect(order.reasons.map(({ code }) => code)).toEqual(['order.held', 'order.payout_pending']);
  expect(order.reasons[0]!.params).toMatchObject({ suspensionId: 'sus_1', reason: 'strike' });
  expect(order.related).toEqual([{ kind: 'label', id: 'lbl_1', state: 'unknown' }]);
  expect(order.messages.map(({ message }) => message.name)).toEqual(['decide-payout']);
  const label = (await why('lbl_1'))!;
  expect(label.reasons).toMatchObject([{ code: 'label.unknown', params: { lookUps: 4 } }]);
  expect(label.messages.map(({ message }) => message.name)).toEqual(['buy-label']);
});

test('a label batch: how many of its items wait and for which carriers, when these are asked again, and the labels that a person has to look into', async () => {
  const batchId = 'lbb_1' as LabelBatchId;
  const again = new Date('2026-11-26T08:01:00Z');
  const item = { batchId, orderId: '112-1' as OrderId, parcelNo: 1, parcel: null, offerToken: null, itn: null };
  const waiting = { ...item, choose: 'cheapest', state: 'waiting', labelId: null, refusals: [] } as const;
  const notAside = { offerlessSince: null, askAgainAt: null, awaitedCarriers: [], asideAt: null };
  const awaitedCarriers = ['simulator-parcel'];
  const operationId = await within((tx) =>
    startOperation(tx, { kind: 'order-batch-labels', sellerId, now }, [
      outgoing(orderBatchLabels, { payload: { sellerId, batchId }, sellerId }),
    ]),
  );
  await within(async (tx) => {
    const batch = { id: batchId, sellerId, operationId, format: 'PDF', priceTolerance: null, createdAt: now } as const;
    await tx.insert(LabelBatchEntity, [{ ...batch, state: 'open' }]);
    await tx.insert(LabelPurchaseEntity, [labelRow('S-1', '112-1', 'lbl_1', { state: 'parked', batchId })]);
    await tx.insert(LabelBatchItemEntity, [
      { ...waiting, itemNo: 0, ...notAside },
      { ...waiting, itemNo: 1, ...notAside, offerlessSince: now, askAgainAt: again, awaitedCarriers },
      { ...waiting, itemNo: 2, state: 'ordered', labelId: 'lbl_1' as LabelId, ...notAside },
    ]);
  });
  const answer = (await why('lbb_1'))!;
  expect(answer).toMatchObject({
    kind: 'batch',
    sellerId,
    state: 'open',
    reasons: [
      { code: 'batch.under_way', params: { total: 3, waiting: 2, underWay: 0 } },
      { code: 'batch.aside', params: { aside: 1 }, until: again },
      { code: 'batch.parked', params: { parked: 1 } },
    ],
    related: [
      { kind: 'operation', id: operationId },
      { kind: 'label', id: 'lbl_1', state: 'parked' },
    ],
  });
  await within(async (tx) => {
    const stands = (carrierId: string) => goodStanding(carrierId, now);
    await tx.insert(CarrierStandingEntity, [
      { ...stands('simulator-express'), breaker: 'open', retryAt: again },
      stopByHand(stands('simulator-parcel'), 'prices wrong', now),
      // Nothing of the batch is for it.
      stopByHand(stands('easypost'), 'prices wrong', now),
    ]);
    await tx.insert(LabelPurchaseEntity, [labelRow('S-1', '112-1', 'lbl_2', { parcelNo: 2, batchId })]);
  });
  expect((await why('lbb_1'))!.reasons).toMatchObject([
    { code: 'batch.under_way' },
    { code: 'batch.aside' },
    { code: 'batch.carrier_down', params: { carrier: 'simulator-express', labels: 1 }, until: again },
    { code: 'batch.carrier_stopped', params: { carrier: 'simulator-parcel', labels: 0 }, until: null },
    { code: 'batch.parked' },
  ]);
  await db.database.query('delete from carrier_standings');
  expect(answer.messages.map(({ message }) => message.name)).toEqual(['order-batch-labels']);
  expect((await why(String(answer.messages[0]!.message.id)))!.related).toContainEqual({ kind: 'batch', id: 'lbb_1' });
  expect((await why('lbl_1'))!.related).toContainEqual({ kind: 'batch', id: 'lbb_1' });
  await db.database.query(`update label_batches set state = 'paused'`);
  expect(await codes('lbb_1')).toEqual(['batch.paused', 'batch.parked']);
  expect(await why('batch:lbb_none')).toBeNull();
});

test('a template, a SKU and a seller: every reason, and what is owed', async () => {
  await within(async (tx) => {
    await tx.insert(ShippingTemplateEntity, [templateRow('S-1', 'tpl_1')]);
    await tx.insert(SkuEntity, [skuRow('S-1', 'SKU/1', 'tpl_1', { verdict: 'ineligible' as never, verdictRule: 'x' })]);
    await startOperation(tx, { kind: 'test', sellerId, now }, [change()]);
  });
  expect(await codes('tpl_1')).toEqual(['template.off']);
  expect((await codes('S-1/SKU/1'))!.slice(0, 2)).toEqual(['sku.template_without_ge', 'sku.not_eligible']);
  expect((await why('S-1'))!).toMatchObject({
    kind: 'seller',
    reasons: [{ code: 'seller.not_enrolled' }, { code: 'seller.owed', params: { ready: 1, queue: 'sku-assignment' } }],
  });
  expect(await codes('seller:S-1')).toEqual(await codes('S-1'));
  expect(await why('order:S-1')).toBeNull();
});
