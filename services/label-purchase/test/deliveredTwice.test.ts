import { deliverEverywhere, startWorker, type TestWorker, testSpace } from '@ge/testkit';
import { expect, test } from 'vitest';
import { buyLabel } from '../buyLabel.ts';
import { decidePayout } from '../decidePayout.ts';
import { resolveLabel } from '../resolveLabel.ts';
import { takeInConfirmations } from '../takeInConfirmations.ts';
import { voidLabel } from '../voidLabel.ts';
import { columns, domestic, row, submit } from './confirmationScene.ts';
import { askToVoid, startLabelRig } from './labelRig.ts';

/**
 * Everything that purchases with lost answers, a confirmation file, voids with lost answers and the payouts of all of them
 * leave behind, each message being delivered `copies` times at once.
 */
async function runWith(copies: number) {
  const rig = await startLabelRig();
  const { database, url: databaseUrl } = rig.db;
  const spaces = Array.from({ length: copies }, testSpace);
  const desk = rig.desk();
  const handlers = [buyLabel(desk), resolveLabel(desk), voidLabel(desk), takeInConfirmations(500), decidePayout];
  let workers: TestWorker[] = [];
  try {
    workers = await Promise.all(spaces.map((space) => startWorker(handlers, { database, databaseUrl, space })));
    const labels = await rig.request(await rig.addOrders(8));
    for (const { id } of labels.slice(0, 3)) await rig.fail({ kind: 'connection_lost_after' }, { reference: id });
    const confirmed = await rig.addOrders(20, domestic);
    // Long enough for two slices, with confirmations in both.
    const orderIds = [confirmed.slice(0, 10), Array<string>(1_500).fill('999-0000000-0000000'), confirmed.slice(10)];
    const file = [...orderIds.flat(), labels[0]!.orderId].map((id) => row(id));
    await submit(database, [columns, ...file].join('\n'));
    await deliverEverywhere(database, spaces, 'label-purchase');
    const bought = await database.query('select state, reason, fence, charge from label_purchases order by order_id');

    await rig.fail({ kind: 'connection_lost_after' }, { operation: 'void', times: 3 });
    await askToVoid(rig);
    await deliverEverywhere(database, spaces, 'label-purchase');
    const { charges, voids, doubleCharged, calls } = (await rig.ledger()).totals;
    return {
      bought,
      labels: await database.query('select state, reason from label_purchases order by order_id'),
      orders: await database.query('select state, payout, payout_reason, lines from orders order by id'),
      documents: await database.query('select file_name is null as nameless from documents'),
      feeds: await database.query('select state, staged_rows, settled_rows, counts from feeds'),
      rows: await database.query(
        `select record_no, outcome, jsonb_path_query_array(problems, '$[*].code') as codes from feed_rows order by record_no`,
      ),
      operations: await database.query(
        'select kind, state, total, done, failed, counts from operations order by kind, total, counts::text',
      ),
      log: await database.query('select name, outcome, reason from message_log order by name, outcome, reason'),
      owed: await database.query('select name, state from messages order by name'),
      ledger: { charges, voids, doubleCharged, purchases: calls.buy },
    };
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()));
    await rig.close();
  }
}

test('every message delivered twice at the same time: the end is that of the undisturbed run', async () => {
  const [undisturbed, twice] = await Promise.all([runWith(1), runWith(2)]);
  expect(twice).toEqual(undisturbed);
  expect(undisturbed).toMatchObject({
    bought: Array(8).fill({ state: 'purchased', reason: null }),
    labels: Array(8).fill({ state: 'voided' }),
    feeds: [{ counts: { processed: 1_521, applied: 20, rejected: 1_501 } }],
    owed: [{ name: 'write-feed-report', state: 'ready' }],
    ledger: { charges: 8, voids: 8, doubleCharged: 0, purchases: 8 },
  });
});
