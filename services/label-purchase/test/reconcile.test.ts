import { reconcileCarrier as job } from '@ge/contracts';
import {
  appendMessages,
  LabelPurchaseEntity,
  LedgerTransferEntity,
  outgoing,
  StatementDifferenceEntity,
} from '@ge/database';
import { balanceOf, type LedgerAccount } from '@ge/domain';
import { runOwed } from '@ge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buyLabel } from '../buyLabel.ts';
import { reconcileCarrier } from '../reconcileCarrier.ts';
import { resolveLabel } from '../resolveLabel.ts';
import { voidLabel } from '../voidLabel.ts';
import { askToVoid, type LabelRig, startLabelRig } from './labelRig.ts';

const express = 'simulator-express';
let rig: LabelRig;

beforeEach(async () => {
  rig = await startLabelRig();
});

afterEach(async () => {
  await rig.close();
});

const run = (...handlers: Parameters<typeof runOwed>[1][]) =>
  handlers.reduce<Promise<unknown>>(
    (before, handler) => before.then(() => runOwed(rig.db.database, handler, true)),
    Promise.resolve(),
  );

const buy = () => run(buyLabel(rig.desk()), resolveLabel(rig.desk()));

/** Orders with a bought label each. */
async function bought(count: number, deposit: number | null = null) {
  const importFeeDeposit = deposit === null ? null : ({ minor: deposit, currency: 'USD' } as const);
  const orderIds = await rig.addOrders(count, { importFeeDeposit });
  if (importFeeDeposit)
    await rig.db.database.query(
      `insert into ledger_transfers (id, kind, order_id, seller_id, debit, credit, minor, currency, booked_at)
       select 'import_fee_deposit/' || id, 'import_fee_deposit', id, seller_id, 'buyer', 'import_fee_deposits', $2, 'USD', now()
         from orders where id = any($1::text[])`,
      [orderIds, deposit],
    );
  await rig.request(orderIds);
  await buy();
  return rig.labels();
}

async function reconcile(graceMs = 0): Promise<void> {
  await rig.db.database.transaction((tx) =>
    appendMessages(tx, [outgoing(job, { payload: { carrierId: express }, sellerId: null })]),
  );
  await run(reconcileCarrier(rig.desk(), graceMs, 'charged_again'));
}

const transfers = () => rig.db.database.transaction((tx) => tx.select(LedgerTransferEntity, 'order by t.id'));

const balances = async () => {
  const booked = await transfers();
  const of = (account: LedgerAccount) => balanceOf(account, booked).get('USD')?.minor ?? 0;
  return { seller: of('seller'), carrier: of('carrier'), buyer: of('buyer'), deposits: of('import_fee_deposits') };
};

const differences = async () => {
  const rows = await rig.db.database.transaction((tx) =>
    tx.select(StatementDifferenceEntity, 'where t.settled_at is null order by t.kind'),
  );
  return rows.map(({ kind, reference, ours, theirs }) => [kind, reference, ours?.minor ?? null, theirs?.minor ?? null]);
};

const setLabel = (id: string, change: string) =>
  rig.db.database.query(`update label_purchases set ${change} where id = $1`, [id]);

test('every charge and every refund is booked once, and the carrier’s statement agrees to the cent (R23)', async () => {
  const labels = await bought(4);
  const charge = labels[0]!.charge!.minor;
  await rig.fail({ kind: 'connection_lost_after' }, { operation: 'void', reference: labels[0]!.shipmentRef });
  await askToVoid(rig, [labels[0]!.id]);
  await run(voidLabel(rig.desk()));
  expect(await balances()).toEqual({ seller: -3 * charge, carrier: 3 * charge, buyer: 0, deposits: 0 });
  await reconcile();
  await reconcile();
  expect(await differences()).toEqual([]);
  expect((await transfers()).map(({ kind }) => kind)).toEqual([...Array(4).fill('label_charge'), 'label_refund']);
});

test('duty settles the deposit of each order, and what it left over goes back to the buyer (R23)', async () => {
  const labels = await bought(2, 1_500);
  const charges = labels.reduce((sum, { charge }) => sum + charge!.minor, 0);
  await rig.deliver(labels[0]!.trackingId!);
  await reconcile();
  const duty = (await transfers()).find(({ kind }) => kind === 'import_duty')!.minor;
  expect(await balances()).toEqual({
    seller: -charges,
    carrier: charges + duty,
    buyer: -1_500 - duty,
    deposits: 1_500,
  });
  await rig.deliver(labels[1]!.trackingId!);
  await reconcile();
  expect(await balances()).toMatchObject({ buyer: -2 * duty, deposits: 0, carrier: charges + 2 * duty });
  await reconcile();
  expect(await balances()).toMatchObject({ buyer: -2 * duty, deposits: 0 });
});

test('a statement is read page by page, and the lines of a worker that died are taken in once', async () => {
  await bought(3);
  const statement = reconcileCarrier(rig.desk(), 0, 'charged_again');
  await rig.db.database.transaction((tx) =>
    appendMessages(
      tx,
      [1, 2].map(() => outgoing(job, { payload: { carrierId: express }, sellerId: null })),
    ),
  );
  // Both read the same page, as after a worker that was too slow for its lock.
  await runOwed(rig.db.database, statement, true);
  const [{ lines, last }] = (await rig.db.database.query<{ lines: number; last: number }>(
    `select (select count(*)::int from statement_lines) as lines, (select last_line_no::int from carrier_statements) as last`,
  )) as [{ lines: number; last: number }];
  expect([lines, last]).toEqual([3, 3]);
});

test('what differs is reported, and no longer once it agrees', async () => {
  const labels = await bought(3);
  const [first, second, third] = labels as [(typeof labels)[0], (typeof labels)[0], (typeof labels)[0]];
  const charge = first.charge!.minor;
  await setLabel(first.id, `charge = jsonb_set(charge, '{minor}', '1')`);
  await setLabel(second.id, `shipment_ref = 'shp-of-nobody'`);
  await setLabel(third.id, `state = 'refused', shipment_ref = null, charge = null`);
  await reconcile();
  const found = [
    ['amount_differs', first.id, 1, charge],
    ['charged_again', second.id, charge, charge],
    ['not_on_statement', second.id, charge, null],
    ['not_written_down', third.id, null, charge],
  ];
  expect(await differences()).toEqual(found);
  await reconcile();
  expect(await differences()).toEqual(found);
  for (const { id, shipmentRef, charge: paid } of labels)
    await setLabel(id, `state = 'purchased', shipment_ref = '${shipmentRef}', charge = '${JSON.stringify(paid)}'`);
  await reconcile();
  expect(await differences()).toEqual([]);
});

test('a charge may be missing from the statement for a while', async () => {
  const [label] = await bought(1);
  await setLabel(label!.id, `shipment_ref = 'shp-of-nobody'`);
  await reconcile(3_600_000);
  expect((await differences()).map(([kind]) => kind)).toEqual(['charged_again']);
});

test('labels of a database older than their charges are found by their reference before anything is bought again', async () => {
  const labels = await bought(5);
  // As a backup has it that was made before they were sent; their messages are owed again.
  await rig.db.database.transaction(async (tx) => {
    const before = labels.map((label) => ({
      ...label,
      ...{ state: 'requested' as const, fence: 0, leaseUntil: null, requestHash: null, sentAt: null, charge: null },
      ...{ shipmentRef: null, trackingId: null, documentId: null, endedAt: null },
    }));
    await tx.update(LabelPurchaseEntity, before);
    await tx.query(`alter table ledger_transfers disable trigger user`);
    await tx.query(`delete from ledger_transfers`);
    await tx.query(`alter table ledger_transfers enable trigger user`);
  });
  await reconcile();
  expect((await differences()).map(([kind]) => kind)).toEqual(Array(5).fill('under_way'));
  await run(resolveLabel(rig.desk()), buyLabel(rig.desk()));
  await reconcile();
  expect(await differences()).toEqual([]);
  expect((await rig.labels()).map(({ state, trackingId }) => [state, trackingId])).toEqual(
    labels.map(({ trackingId }) => ['purchased', trackingId]),
  );
  expect((await rig.ledger()).totals).toMatchObject({ charges: 5, calls: { buy: 5 } });
  expect(await balances()).toMatchObject({ carrier: 5 * labels[0]!.charge!.minor });
});

test('nothing that is in the ledger can be changed or removed', async () => {
  await bought(1);
  for (const statement of [
    'update ledger_transfers set minor = 1',
    'delete from ledger_transfers',
    'truncate ledger_transfers',
  ])
    await expect(rig.db.database.query(statement)).rejects.toThrow('stays as it is');
  const put = (minor: number, credit: string) =>
    rig.db.database.query(
      `insert into ledger_transfers (id, kind, order_id, seller_id, debit, credit, minor, currency, booked_at)
       values ('x', 'label_charge', 'o', 's', 'seller', $2, $1, 'USD', now())`,
      [minor, credit],
    );
  await expect(put(0, 'carrier')).rejects.toThrow('ledger_transfers_amount');
  await expect(put(-5, 'carrier')).rejects.toThrow('ledger_transfers_amount');
  await expect(put(5, 'seller')).rejects.toThrow('ledger_transfers_sides');
});
