import { drained, eventually } from '@ge/testkit';
import { expect, test } from 'vitest';
import {
  assign,
  bulk,
  database,
  feedOf,
  feedsOnServers,
  placed,
  reportOf,
  revert,
  rowsOf,
  start,
  startToDie,
  submit,
  table,
  workOff,
} from './feedsOnServers.ts';

feedsOnServers();

const mixed = () =>
  [...bulk().split('\r\n'), 'NO-SUCH\tHome', 'SKU-460\tNowhere', 'SKU-461\t\tx', 'SKU-0\tHome'].join('\r\n');

test('a dry run reports what the feed itself would, row by row, and changes nothing (R15)', async () => {
  const tried = await submit(mixed(), 1, 'inventory-loader', true);
  await workOff();
  expect(await placed()).toEqual({ 'T-home': 500 });
  const done = await submit(mixed(), 2);
  await workOff();
  expect(await placed()).toEqual({ 'T-home': 50, 'T-world': 449 });
  const [dry, real] = [await feedOf(tried), await feedOf(done)];
  expect(dry).toMatchObject({ state: 'DONE', dryRun: true, counts: real.counts });
  expect(dry.counts).toMatchObject({ applied: 450, superseded: 1, rejected: 2 });
  const seen = async (id: typeof tried) => (await rowsOf(id)).map(({ feedId: _, ...row }) => row);
  expect(await seen(tried)).toEqual(await seen(done));
  expect(await reportOf(tried)).toBe(await reportOf(done));
});

test('a revert gives every SKU its former template back that nobody changed since, and lists the conflicts (R15)', async () => {
  const id = await submit(mixed(), 1);
  await workOff();
  await assign({ 'SKU-1': 'Home', 'SKU-2': 'World wide', 'SKU-470': 'World wide' }, 2);
  await workOff();
  await database().query(`delete from skus where sku = 'SKU-3'`);

  const tried = await revert(id, 3, true);
  await workOff();
  expect(await placed()).toEqual({ 'T-home': 50, 'T-world': 448 });
  const reverted = await revert(id, 4);
  await workOff();
  expect(await placed()).toEqual({ 'T-home': 496, 'T-world': 2 });
  const feed = await feedOf(reverted);
  expect(feed).toMatchObject({
    state: 'DONE',
    revertsFeedId: id,
    counts: { processed: 450, applied: 446, rejected: 4 },
  });
  expect((await feedOf(tried)).counts).toEqual(feed.counts);
  const conflicts = (await rowsOf(reverted)).filter(({ outcome }) => outcome === 'rejected');
  expect(conflicts.map(({ sku, problems }) => [sku, problems[0]!.code])).toEqual([
    ['SKU-1', 'feed.changed_since'],
    ['SKU-2', 'feed.changed_since'],
    ['SKU-3', 'sku.unknown'],
    ['SKU-461', 'feed.offer_deleted'],
  ]);
  const report = await reportOf(reverted);
  for (const { sku } of conflicts) expect(report).toContain(sku);

  const again = await revert(reverted, 5);
  await workOff();
  expect(await feedOf(again)).toMatchObject({ counts: { processed: 446, applied: 446 } });
  expect(await placed()).toEqual({ 'T-home': 50, 'T-world': 448 });
});

test.runIf(process.env.GE_DEEP)(
  'a revert goes on where a worker died between its slices: no row is taken back twice or left out (R15)',
  async () => {
    const first = await submit(bulk(), 1);
    const [, worker] = await Promise.all([start('relay'), start('sku-assignment')]);
    await drained(database());
    await worker.stop();
    const reverted = await revert(first, 2);
    await (await startToDie({ GE_FAILPOINT: 'batch.committed@revert-feed' })).ended;
    const { settledRows } = await feedOf(reverted);
    expect(settledRows).toBeGreaterThan(0);
    expect(settledRows).toBeLessThan(450);
    await start('sku-assignment');
    await drained(database());
    expect(await feedOf(reverted)).toMatchObject({ state: 'DONE', counts: { processed: 450, applied: 450 } });
    expect(await placed()).toEqual({ 'T-home': 500 });
  },
);

test('a revert is done in its place: what was accepted before it is applied first, and is a conflict (R15)', async () => {
  const first = await submit(bulk(), 1);
  const [, worker] = await Promise.all([start('relay'), start('sku-assignment')]);
  await drained(database());
  await worker.stop();
  const reverted = await revert(first, 3);
  const before = await submit(table(['SKU-7\tHome']), 2);
  const change = await assign({ 'SKU-8': 'Home' }, 2);
  await database().query(`update messages set due_at = now() + interval '1 hour' where operation_id = $1`, [change]);
  await start('sku-assignment');
  await eventually('the revert waits for the change alone', async () => {
    const [feed] = await database().query(`select 1 from feeds where id = $1 and state = 'DONE'`, [before]);
    const [waiting] = await database().query(`select 1 from messages where name = 'revert-feed' and snoozes > 1`);
    return feed !== undefined && waiting !== undefined;
  });
  await database().query(`update messages set due_at = now() where operation_id = $1`, [change]);
  await drained(database());
  expect(await feedOf(before)).toMatchObject({ counts: { applied: 1 } });
  expect(await feedOf(reverted)).toMatchObject({ counts: { processed: 450, applied: 448, rejected: 2 } });
});
