import { requestVoid } from '@ge/domain';
import { drained } from '@ge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { columns, domestic, feedOf, reportOf, row, submit } from './confirmationScene.ts';
import { askToVoid, type LabelRig, startLabelRig } from './labelRig.ts';

let rig: LabelRig;

beforeEach(async () => {
  rig = await startLabelRig();
});

afterEach(async () => {
  await rig.close();
});

/** This job's first failure is its last, and a row of this table cannot be written where the condition (about `new`) holds. */
const poison = (job: string, table: string, when: string) =>
  rig.db.database.query(
    `create function last_attempt() returns trigger language plpgsql as $$
       begin if new.name = '${job}' then new.attempts := 1000; end if; return new; end $$;
     create trigger last_attempt before insert or update on messages for each row execute function last_attempt();
     create function poison() returns trigger language plpgsql as $$ begin raise exception 'poisoned'; end $$;
     create trigger poison before insert or update on ${table} for each row when (${when}) execute function poison()`,
  );

const shown = async () => (await rig.labels()).map((label) => `${label.state} ${label.reason}`);

test('a purchase given up before anything was sent ends refused, and nothing is charged', async () => {
  await poison('buy-label', 'label_purchases', `new.state = 'sent'`);
  await rig.request(await rig.addOrders(1));
  await rig.workOff();
  expect(await shown()).toEqual(['refused given_up']);
  expect((await rig.ledger()).totals.charges).toBe(0);
});

test('a purchase given up after it was sent waits for a person', async () => {
  await poison('buy-label', 'label_purchases', `new.state = 'purchased'`);
  await rig.request(await rig.addOrders(1));
  await rig.workOff();
  expect(await shown()).toEqual(['parked given_up']);
  expect((await rig.ledger()).totals).toMatchObject({ charges: 1, doubleCharged: 0 });
});

test('a purchase whose outcome nobody looks up any more waits for a person', async () => {
  await poison('resolve-label', 'label_purchases', `new.state = 'purchased'`);
  await rig.fail({ kind: 'connection_lost_after' });
  await rig.request(await rig.addOrders(1));
  await rig.workOff();
  expect(await shown()).toEqual(['parked given_up']);
});

test('a void that is given up may be asked for again', async () => {
  await rig.request(await rig.addOrders(1));
  await rig.workOff();
  await poison('void-label', 'label_purchases', `new.state = 'voided'`);
  await askToVoid(rig);
  await rig.workOff();
  expect(await shown()).toEqual(['void_refused given_up']);
  expect(requestVoid((await rig.labels())[0]!, null, { voidWindowDays: 30 }, new Date()).ok).toBe(true);
});

test('a confirmation file that is given up: FATAL where nothing of it was read, else DONE with what it confirmed, and a report that says why', async () => {
  const { database } = rig.db;
  const [early, confirmed, late] = await rig.addOrders(3, domestic);
  const foreign = Array<string>(4_000).fill('999-0000000-0000000');
  const file = (...orderIds: readonly string[]) => [columns, ...orderIds.map((id) => row(id))].join('\n');
  await poison('take-in-confirmations', 'feed_rows', `new.detail->>'orderId' in ('${early}', '${late}')`);
  const unread = await submit(database, file(confirmed!, early!));
  const halfRead = await submit(database, file(confirmed!, ...foreign, late!));
  await Promise.all([
    rig.start('relay'),
    rig.start('sku-assignment'),
    rig.start('label-purchase', { SLICE_ROWS: '1' }),
  ]);
  await drained(database);
  expect(await feedOf(database, unread)).toMatchObject({ state: 'FATAL', fatalCode: 'GE-15035', stagedRows: 0 });
  const { stagedRows, ...feed } = await feedOf(database, halfRead);
  expect(stagedRows).toBeLessThan(foreign.length);
  expect(feed).toMatchObject({ state: 'DONE', fatalCode: null, settledRows: stagedRows });
  expect(feed.counts).toMatchObject({ processed: stagedRows, applied: 1, rejected: stagedRows - 1, notAttempted: 0 });
  for (const id of [unread, halfRead]) expect(await reportOf(database, id)).toMatch(/^0\t\t\tGE-15035\t/m);
  const states = (await rig.orders()).map(({ id, state }) => [id, state]);
  expect(Object.fromEntries(states)).toEqual({ [early!]: 'pending', [confirmed!]: 'confirmed', [late!]: 'pending' });
  expect(await database.query('select state, done, failed from operations')).toEqual(
    Array(2).fill({ state: 'closed', done: 1, failed: 1 }),
  );
});
