import { OperationEntity } from '@ge/database';
import { eventually, runOwed } from '@ge/testkit';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { reconcileCarrier } from '../reconcileCarrier.ts';
import { oweReadings } from '../statement/dailyReadings.ts';
import { type LabelRig, startLabelRig } from './labelRig.ts';

const both = ['simulator-express', 'simulator-parcel'];
let rig: LabelRig;

beforeAll(async () => {
  rig = await startLabelRig();
});
afterAll(() => rig?.close());
beforeEach(() => rig.db.database.query('truncate carrier_statements, operations, messages'));

const at = (written: string) => new Date(`${written}:00Z`);
const look = (written: string, hour = 3) => oweReadings(rig.db.database, both, hour, at(written));
const commands = async () =>
  (await rig.db.database.transaction((tx) => tx.select(OperationEntity, 'order by t.created_at, t.id'))).map(
    ({ kind, total, state }) => [kind, total, state],
  );
const read = () => runOwed(rig.db.database, reconcileCarrier(rig.desk(), 0, 'charged_again'));
const open = ['reconcile-carrier', 1, 'open'];
const closed = ['reconcile-carrier', 1, 'closed'];

test('each carrier is owed one reading a day, however many processes look at once, by the command that people give', async () => {
  await look('2026-11-27T12:00');
  expect(await commands()).toEqual([]);
  await Promise.all(Array.from({ length: 8 }, () => look('2026-11-28T03:00')));
  expect(await commands()).toEqual([open, open]);
  const owed = await rig.db.database.query(`select payload->>'carrierId' as carrier from messages order by 1`);
  expect(owed.map(({ carrier }: { carrier?: string }) => carrier)).toEqual(both);
  await read();
  expect(await commands()).toEqual([closed, closed]);
  await Promise.all(Array.from({ length: 8 }, () => look('2026-11-29T02:59')));
  expect(await commands()).toEqual([closed, closed]);
});

test('days on which the fleet was down are made up for by one reading, and one that is still owed counts for the next day', async () => {
  await look('2026-11-27T12:00');
  await look('2026-12-02T01:00');
  expect(await commands()).toEqual([open, open]);
  await look('2026-12-03T04:00');
  expect(await commands()).toEqual([open, open]);
  await read();
  await look('2026-12-03T05:00');
  expect(await commands()).toEqual([closed, closed]);
  await look('2026-12-04T04:00');
  expect((await commands()).filter(([, , state]) => state === 'open')).toHaveLength(2);
});

test('the service owes them by itself, reads them, and says how long ago that was', async () => {
  await look('2026-01-01T12:00');
  await rig.db.database.query(`update carrier_statements set since = now() - interval '1 day'`);
  await rig.start('relay');
  const service = await rig.start('label-purchase', { RECONCILE_HOUR: '0' });
  await eventually('read', async () => {
    const [row] = await rig.db.database.query<{ count: number }>(
      'select count(*)::int as count from carrier_statements where read_at is not null',
    );
    return row!.count === 2;
  });
  expect(await commands()).toEqual([closed, closed]);
  const text = await (await fetch(`${service.healthUrl}/metrics`)).text();
  for (const carrier of both) {
    const age = new RegExp(`^ge_statement_age_seconds\\{carrier="${carrier}",.*\\} (.+)$`, 'm').exec(text)?.[1];
    expect(Number(age)).toBeLessThan(600);
  }
});
