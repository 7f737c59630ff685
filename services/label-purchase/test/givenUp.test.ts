import { voidLabel } from '@ge/contracts';
import { appendMessages, LabelPurchaseEntity, outgoing } from '@ge/database';
import { requestVoid } from '@ge/domain';
import { drained } from '@ge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LabelRig, seller, startLabelRig } from './labelRig.ts';

let rig: LabelRig;

beforeEach(async () => {
  rig = await startLabelRig();
});

afterEach(async () => {
  await rig.close();
});

const fleet = () => Promise.all([rig.start('relay'), rig.start('label-purchase')]);

/** This job's first failure is its last, and a label cannot be written as `state`. */
const poison = (job: string, state: string) =>
  rig.db.database.query(
    `create function last_attempt() returns trigger language plpgsql as $$
       begin if new.name = '${job}' then new.attempts := 1000; end if; return new; end $$;
     create trigger last_attempt before insert or update on messages for each row execute function last_attempt();
     create function poison() returns trigger language plpgsql as $$ begin raise exception 'poisoned'; end $$;
     create trigger poison before update on label_purchases for each row when (new.state = '${state}') execute function poison()`,
  );

const shown = async () => (await rig.labels()).map((label) => `${label.state} ${label.reason}`);

test('a purchase given up before anything was sent ends refused, and nothing is charged', async () => {
  await poison('buy-label', 'sent');
  await rig.request(await rig.addOrders(1));
  await fleet();
  await drained(rig.db.database);
  expect(await shown()).toEqual(['refused given_up']);
  expect((await rig.ledger()).totals.charges).toBe(0);
});

test('a purchase given up after it was sent waits for a person', async () => {
  await poison('buy-label', 'purchased');
  await rig.request(await rig.addOrders(1));
  await fleet();
  await drained(rig.db.database);
  expect(await shown()).toEqual(['parked given_up']);
  expect((await rig.ledger()).totals).toMatchObject({ charges: 1, doubleCharged: 0 });
});

test('a purchase whose outcome nobody looks up any more waits for a person', async () => {
  await poison('resolve-label', 'purchased');
  await rig.fail({ kind: 'connection_lost_after' });
  await rig.request(await rig.addOrders(1));
  await fleet();
  await drained(rig.db.database);
  expect(await shown()).toEqual(['parked given_up']);
});

test('a void that is given up may be asked for again', async () => {
  await rig.request(await rig.addOrders(1));
  await fleet();
  await drained(rig.db.database);
  await poison('void-label', 'voided');
  const [label] = await rig.labels();
  const carrier = { voidWindowDays: 30 };
  const voiding = requestVoid(label!, null, carrier, new Date());
  if (!voiding.ok) throw new Error(JSON.stringify(voiding.refusals));
  await rig.db.database.transaction(async (tx) => {
    await tx.update(LabelPurchaseEntity, [{ ...label!, ...voiding.value }]);
    await appendMessages(tx, [
      outgoing(voidLabel, { payload: { sellerId: seller, labelId: label!.id }, sellerId: seller }),
    ]);
  });
  await drained(rig.db.database);
  expect(await shown()).toEqual(['void_refused given_up']);
  expect(requestVoid((await rig.labels())[0]!, null, carrier, new Date()).ok).toBe(true);
});
