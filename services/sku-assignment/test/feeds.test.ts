import { FeedRowEntity, SkuEntity } from '@ge/database';
import { deathsTried, drained, eventually, skuRow } from '@ge/testkit';
import { expect, test } from 'vitest';
import {
  bulk,
  database,
  feedOf,
  feedsOnServers,
  outcomeOf,
  placed,
  reportOf,
  seller,
  start,
  startToDie,
  submit,
  table,
  workOff,
} from './feedsOnServers.ts';

feedsOnServers();

test('every row of a feed is accounted for: applied, unchanged, superseded or rejected with its reason (R15)', async () => {
  await database().transaction((tx) => tx.insert(SkuEntity, [skuRow(seller, 'ABROAD', 'T-world')]));
  const id = await submit(
    table([
      'SKU-0\tWorld wide',
      'SKU-1\tGlobal',
      'SKU-2\tWorld wid',
      'SKU-3\tHome',
      'SKU-4\t',
      'SKU-5\tWorld wide',
      'NO-SUCH\tHome',
      `${'X'.repeat(41)}\tHome`,
      'SKU-6\t\td',
      'SKU-5\tHome',
      'ABROAD\tHome',
    ]),
    10,
  );
  await workOff();
  const feed = await feedOf(id);
  expect(feed).toMatchObject({ state: 'DONE', stagedRows: 11, settledRows: 11 });
  expect(feed.counts).toEqual({ processed: 11, applied: 4, unchanged: 3, superseded: 1, rejected: 3, notAttempted: 0 });
  const rows = await database().transaction((tx) =>
    tx.select(FeedRowEntity, 'where t.feed_id = $1 order by t.record_no', [id]),
  );
  expect(
    rows.map((row) => `${row.recordNo} ${row.outcome} ${row.problems.map((problem) => problem.code).join()}`),
  ).toMatchInlineSnapshot(`
    [
      "1 applied ",
      "2 applied template.name_former",
      "3 rejected template.name_near",
      "4 unchanged ",
      "5 unchanged ",
      "6 superseded ",
      "7 rejected sku.unknown",
      "8 rejected 90118",
      "9 applied ",
      "10 unchanged ",
      "11 applied sku.left_export",
    ]
  `);
  expect(await placed()).toEqual({ 'T-home': 498, 'T-world': 2 });
  const report = await reportOf(id);
  expect(report).toContain('Number of records processed\t\t11');
  expect(report).toMatch(/^11\tABROAD\tsku.left_export\tWarning\t.*“Home”/m);
  expect(report).toMatch(/^3\tSKU-2\t.*World wide/m);
});

test.for(deathsTried(['batch.saved', 'batch.taken', 'batch.committed']))(
  'a worker killed with SIGKILL at %s: the feed resumes, no row lost, none applied twice',
  async (failpoint) => {
    await start('relay');
    const victim = await startToDie({ GE_FAILPOINT: failpoint });
    const id = await submit(bulk(), 10);
    await victim.ended;
    await start('sku-assignment');
    await drained(database());
    expect((await feedOf(id)).counts).toEqual({
      processed: 450,
      applied: 450,
      unchanged: 0,
      superseded: 0,
      rejected: 0,
      notAttempted: 0,
    });
    expect(await placed()).toEqual({ 'T-home': 50, 'T-world': 450 });
  },
);

test('two feeds of one seller apply in order of acceptance, whichever is picked up first', async () => {
  const first = await submit(bulk(), 10);
  const second = await submit(table(['SKU-0\tHome', 'SKU-1\tHome']), 11);
  await database().query(`update messages set due_at = now() + interval '1 hour' where payload->>'feedId' = $1`, [
    first,
  ]);
  await Promise.all([start('relay'), start('sku-assignment')]);
  await eventually(
    'the second one waits',
    async () => (await database().query('select 1 from messages where snoozes > 0')).length > 0,
  );
  await database().query(`update messages set due_at = now() where payload->>'feedId' = $1`, [first]);
  await drained(database());
  expect(await feedOf(second)).toMatchObject({ state: 'DONE', counts: { applied: 2 } });
  expect(await placed()).toEqual({ 'T-home': 52, 'T-world': 448 });
});

test('a file that cannot be read at all ends FATAL with a report that says why, and nothing of it is applied', async () => {
  const id = await submit('<?xml version="1.0"?><AmazonEnvelope/>', 10);
  await workOff();
  expect(await feedOf(id)).toMatchObject({ state: 'FATAL', stagedRows: 0 });
  expect(await reportOf(id)).toMatch(/^0\t\t\S+\tFatal\t/m);
  expect(await placed()).toEqual({ 'T-home': 500 });
});

test('of two rows for one SKU in different slices the later one wins', async () => {
  const id = await submit(
    table(['SKU-400\tWorld wide', ...Array.from({ length: 250 }, (_, index) => `SKU-${index}\tHome`), 'SKU-400\tHome']),
    10,
  );
  await workOff();
  expect((await feedOf(id)).counts).toMatchObject({ processed: 252, applied: 0, superseded: 1, unchanged: 251 });
});

/** Each failure of these messages is their last. */
const withLastAttempts = (name: string) =>
  database().query(
    `create function last_attempt() returns trigger language plpgsql as $$
       begin if new.name = '${name}' then new.attempts := 1000; end if; return new; end $$;
     create trigger last_attempt before insert or update on messages for each row execute function last_attempt()`,
  );

/** Writes to this table fail where the condition (about `new`) holds. */
const poison = (table: string, when: string) =>
  database().query(
    `create function poison() returns trigger language plpgsql as $$ begin raise exception 'poisoned'; end $$;
     create trigger poison before insert or update on ${table} for each row when (${when}) execute function poison()`,
  );

test('a feed that cannot be read ends FATAL with its report, and the seller’s next feed is applied', async () => {
  await withLastAttempts('take-in-feed');
  await poison('feed_blocks', `new.rows::text like '%"SKU-340"%'`);
  const id = await submit(bulk(), 5);
  const later = await submit(table(['SKU-1\tWorld wide']), 6);
  await Promise.all([start('relay'), start('sku-assignment')]);
  await drained(database());
  const feed = await feedOf(id);
  expect(feed).toMatchObject({ state: 'FATAL', fatalCode: 'GE-15035' });
  expect(feed.counts).toMatchObject({ processed: feed.stagedRows, applied: 0, notAttempted: feed.stagedRows });
  expect(await reportOf(id)).toMatch(/^0\t\tGE-15035\tFatal\t/m);
  expect(await feedOf(later)).toMatchObject({ state: 'DONE', counts: { applied: 1 } });
  expect(await database().query(`select 1 from operations where state <> 'closed'`)).toEqual([]);
});

test('a slice that cannot be applied ends its feed DONE with the rest not attempted, and the seller’s next feed is applied', async () => {
  await withLastAttempts('apply-feed');
  await poison('skus', `new.sku = 'SKU-250' and new.template_id = 'T-world'`);
  const id = await submit(`${bulk()}\r\n${'X'.repeat(41)}\tHome`, 5);
  const later = await submit(table(['SKU-1\tHome']), 6);
  await Promise.all([start('relay'), start('sku-assignment')]);
  await drained(database());
  const feed = await feedOf(id);
  expect(feed).toMatchObject({ state: 'DONE', stagedRows: 451, settledRows: 451 });
  expect(feed.counts).toMatchObject({ processed: 451, rejected: 1 });
  const { applied, notAttempted } = feed.counts!;
  expect(applied).toBeGreaterThanOrEqual(100);
  expect(notAttempted).toBe(450 - applied);
  // SKU-1 was moved back by the later feed.
  expect((await placed())['T-world']).toBe(applied - ((await outcomeOf(id, 'SKU-1')) === 'applied' ? 1 : 0));
  expect(await reportOf(id)).toContain(`Number of records not attempted\t\t${notAttempted}`);
  expect(await feedOf(later)).toMatchObject({ state: 'DONE', counts: { applied: 1 } });
});

test('a report that cannot be written ends its feed DONE without one, and the seller’s next feed is applied', async () => {
  await withLastAttempts('write-feed-report');
  const id = await submit(table(['SKU-0\tWorld wide']), 5);
  await poison('documents', `new.file_name = 'report-${id}.txt'`);
  const later = await submit(table(['SKU-1\tWorld wide']), 6);
  await Promise.all([start('relay'), start('sku-assignment')]);
  await drained(database());
  expect(await feedOf(id)).toMatchObject({ state: 'DONE', reportDocumentId: null, counts: { applied: 1 } });
  expect(await feedOf(later)).toMatchObject({ state: 'DONE', counts: { applied: 1 } });
});

test('a feed waits for an earlier one however often it has looked, less and less often', async () => {
  await submit(bulk(), 5);
  await database().query(`update messages set due_at = now() + interval '1 hour'`);
  await submit(table(['SKU-0\tHome']), 6);
  await database().query('update messages set snoozes = 1000000 where due_at is null');
  await Promise.all([start('relay'), start('sku-assignment')]);
  const wait = await eventually('another look', async () => {
    const rows = await database().query<{ wait: number }>(
      `select extract(epoch from due_at - now())::float as wait from messages where state = 'ready' and snoozes > 1000000`,
    );
    return rows[0]?.wait;
  });
  expect(wait).toBeGreaterThan(1);
});
