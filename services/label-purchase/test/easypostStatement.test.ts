import { reconcileCarrier as job } from '@ge/contracts';
import {
  appendMessages,
  LabelPurchaseEntity,
  LedgerTransferEntity,
  outgoing,
  StatementDifferenceEntity,
} from '@ge/database';
import { balanceOf } from '@ge/domain';
import { runOwed } from '@ge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buyLabel } from '../buyLabel.ts';
import { openCarrierDesk } from '../carrierDesk.ts';
import { config } from '../config.ts';
import { reconcileCarrier } from '../reconcileCarrier.ts';
import { resolveLabel } from '../resolveLabel.ts';
import { voidLabel } from '../voidLabel.ts';
import { askToVoid, type LabelRig, startLabelRig } from './labelRig.ts';

let rig: LabelRig;

beforeEach(async () => {
  rig = await startLabelRig();
});

afterEach(async () => {
  await rig.close();
});

/** The reseller takes two and a half cents for a label, which are three in the ledger. */
const FEE = 3;
const DAY = 86_400_000;
const carrierId = 'easypost';
const database = () => rig.db.database;

const run = async (handler: Parameters<typeof runOwed>[1]) => {
  await database().query('update messages set due_at = null');
  await runOwed(database(), handler, true, rig.clock);
};

async function bought(count: number) {
  await rig.request(await rig.addOrders(count), { carrier: carrierId });
  await run(buyLabel(rig.desk()));
  await run(resolveLabel(rig.desk()));
  return rig.labels();
}

const ask = () =>
  database().transaction((tx) => appendMessages(tx, [outgoing(job, { payload: { carrierId }, sellerId: null })]));

const owed = () => database().query<{ name: string }>(`select name from messages where name = 'reconcile-carrier'`);

/** Reads the statement to its end, later than anything can still turn up in it. */
async function reconcile(graceMs = 0): Promise<void> {
  rig.pass(20 * 60_000);
  await ask();
  while ((await owed()).length > 0) await run(reconcileCarrier(rig.desk(), graceMs, 'charged_again'));
}

const transfers = () => database().transaction((tx) => tx.select(LedgerTransferEntity, 'order by t.id'));

const differences = async () => {
  const rows = await database().transaction((tx) =>
    tx.select(StatementDifferenceEntity, 'where t.settled_at is null order by t.kind'),
  );
  return rows.map(({ kind, reference }) => [kind, reference]);
};

const balances = async () => {
  const all = await transfers();
  const of = (account: 'seller' | 'carrier') => balanceOf(account, all).get('USD')?.minor ?? 0;
  return { seller: of('seller'), carrier: of('carrier') };
};

test('what EasyPost charges, gives back and takes for itself is in the ledger to the cent, each once (R17)', async () => {
  const labels = await bought(3);
  const charge = labels[0]!.charge!.minor;
  await askToVoid(rig, [labels[0]!.id]);
  await run(voidLabel(rig.desk()));
  await run(voidLabel(rig.desk()));
  await rig.adjust(labels[1]!.shipmentRef!, 210);
  await rig.adjust(labels[2]!.shipmentRef!, -35);
  await reconcile();
  expect(await differences()).toEqual([]);
  const billed = 2 * (charge + FEE) + 210 - 35;
  expect(await balances()).toEqual({ seller: -billed, carrier: billed });
  const before = await transfers();
  expect(before.filter(({ kind }) => kind === 'label_adjustment').map(({ minor }) => minor)).toHaveLength(6);
  await reconcile();
  rig.pass(2 * DAY);
  await reconcile();
  expect(await transfers()).toEqual(before);
});

test('a report that is still being written is waited for, and found again by whoever goes on after a restart', async () => {
  await bought(2);
  rig.pass(20 * 60_000);
  await ask();
  // What a process has asked for that died before it had an answer.
  const carrier = rig.desk().carriers.carrierById(carrierId)!;
  expect(await carrier.statement(0, { timeoutMs: 10_000, now: rig.clock.now() })).toEqual({ kind: 'being_made' });
  const other = openCarrierDesk(
    config.parse({ ...rig.env, CARRIER_TIMEOUT_MS: '10000', CARRIERS: JSON.stringify({ easypost: rig.easypost }) }),
    rig.desk().logger,
  );
  await run(reconcileCarrier(other, 0, 'charged_again'));
  await other.carriers.close();
  expect(await owed()).toEqual([]);
  expect(await differences()).toEqual([]);
  expect((await transfers()).map(({ kind }) => kind)).toEqual([
    ...Array(2).fill('label_adjustment'),
    ...Array(2).fill('label_charge'),
  ]);
  // Listed and ordered, then listed, asked for by its name and fetched.
  expect((await rig.calls('statement')).length).toBe(4);
});

test('labels of a database older than their charges are found by their shipments before anything is bought again', async () => {
  const labels = await bought(3);
  await database().transaction(async (tx) => {
    const before = labels.map((label) => ({
      ...label,
      ...{ state: 'requested' as const, fence: 0, leaseUntil: null, requestHash: null, sentAt: null, charge: null },
      ...{ shipmentRef: null, trackingId: null, documentId: null, endedAt: null },
    }));
    await tx.update(LabelPurchaseEntity, before);
  });
  await reconcile();
  const underWay = await differences();
  expect(new Set(underWay.map(([kind]) => kind))).toEqual(new Set(['under_way']));
  expect(new Set(underWay.map(([, reference]) => reference))).toEqual(new Set(labels.map(({ id }) => id)));
  await run(resolveLabel(rig.desk()));
  await run(buyLabel(rig.desk()));
  await reconcile();
  expect(await differences()).toEqual([]);
  expect((await rig.labels()).map(({ state, trackingId }) => [state, trackingId])).toEqual(
    labels.map(({ trackingId }) => ['purchased', trackingId]),
  );
  expect((await rig.ledger()).totals).toMatchObject({ charges: 3, calls: { buy: 3 } });
});

test('a shipment that was bought by whoever at the same account is named, and nothing is booked for it', async () => {
  const [label] = await bought(1);
  await database().query('delete from label_purchases');
  await reconcile();
  expect(await differences()).toEqual([
    ['no_such_label', label!.shipmentRef],
    ['no_such_label', label!.shipmentRef],
  ]);
});

test('duty is not told by EasyPost: the deposit of its order stays held (R23)', async () => {
  const [orderId] = await rig.addOrders(1, { importFeeDeposit: { minor: 1_500, currency: 'USD' } });
  await database().query(
    `insert into ledger_transfers (id, kind, order_id, seller_id, debit, credit, minor, currency, booked_at)
     select 'import_fee_deposit/' || id, 'import_fee_deposit', id, seller_id, 'buyer', 'import_fee_deposits', 1500, 'USD', now()
       from orders where id = $1`,
    [orderId],
  );
  await rig.request([orderId!], { carrier: carrierId });
  await run(buyLabel(rig.desk()));
  await rig.deliver((await rig.labels())[0]!.trackingId!);
  await reconcile();
  expect(balanceOf('import_fee_deposits', await transfers()).get('USD')).toEqual({ minor: 1_500, currency: 'USD' });
});

test('a reconciliation with a carrier whose statement is not to be read ends at once and says so', async () => {
  const CARRIERS = JSON.stringify({ easypost: { ...rig.easypost, givesStatement: false } });
  const desk = openCarrierDesk(config.parse({ ...rig.env, CARRIER_TIMEOUT_MS: '10000', CARRIERS }), rig.desk().logger);
  await ask();
  await run(reconcileCarrier(desk, 0, 'charged_again'));
  await desk.carriers.close();
  expect(await database().query('select outcome, reason from message_log')).toEqual([
    { outcome: 'skip', reason: 'the carrier gives no statement' },
  ]);
  expect(await owed()).toEqual([]);
});
