import { takeInFeed } from '@ge/contracts';
import {
  FeedEntity,
  FeedRowEntity,
  newId,
  outgoing,
  SellerEntity,
  ShippingTemplateEntity,
  SkuEntity,
  startOperation,
  TemplateAliasEntity,
} from '@ge/database';
import { readDocument, storeDocument } from '@ge/documents';
import { type DocumentId, type FeedId, type FeedType, queueFeed, type SellerId, type TemplateId } from '@ge/domain';
import {
  deathsTried,
  drained,
  enabledTemplateRow,
  eventually,
  type ServiceProcess,
  sellerRow,
  skuRow,
  startService,
  type TestDatabase,
  templateRow,
  testDatabase,
  testSpace,
} from '@ge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';

const now = new Date('2026-03-01T12:00:00.000Z');
const seller = 'S-1' as SellerId;
let db: TestDatabase;
let space: ReturnType<typeof testSpace>;
let running: ServiceProcess[];

beforeEach(async () => {
  db = await testDatabase();
  space = testSpace();
  running = [];
  await db.database.transaction(async (tx) => {
    await tx.insert(SellerEntity, [sellerRow(seller)]);
    await tx.insert(ShippingTemplateEntity, [
      templateRow(seller, 'T-home', { name: 'Home', isDefault: true }),
      enabledTemplateRow(seller, 'T-world', 1, { name: 'World wide' }),
    ]);
    await tx.insert(TemplateAliasEntity, [
      { sellerId: seller, name: 'Global', templateId: 'T-world' as TemplateId, createdAt: now },
    ]);
    await tx.insert(
      SkuEntity,
      Array.from({ length: 500 }, (_, index) => skuRow(seller, `SKU-${index}`, 'T-home')),
    );
  });
});

afterEach(async () => {
  await Promise.all(running.map((service) => service.stop()));
  await db.drop();
});

async function start(name: string, env: Record<string, string> = {}): Promise<ServiceProcess> {
  const service = await startService(name, { databaseUrl: db.url, space, env: { SLICE_ROWS: '100', ...env } });
  running.push(service);
  return service;
}

/** What the gateway does with an upload: the document, the feed in its place, the message. */
const submit = (text: string, commandNo: number, type: FeedType = 'inventory-loader') =>
  db.database.transaction(async (tx) => {
    const document = await storeDocument(tx, { sellerId: seller, mediaType: 'text/plain', fileName: 'feed.txt' }, [
      Buffer.from(text),
    ]);
    const id = newId<FeedId>('feed');
    const feed = queueFeed({ id, sellerId: seller, type, commandNo, documentId: document.id }, now);
    const operationId = await startOperation(tx, { kind: 'feed', sellerId: seller, now }, [
      outgoing(takeInFeed, { payload: { sellerId: seller, feedId: id }, sellerId: seller, commandNo }),
    ]);
    await tx.insert(FeedEntity, [{ ...feed, operationId }]);
    return id;
  });

const table = (rows: readonly string[]) => ['sku\tmerchant_shipping_group_name\tadd-delete', ...rows].join('\r\n');

const feedOf = async (id: FeedId) =>
  (await db.database.transaction((tx) => tx.select(FeedEntity, 'where t.id = $1', [id])))[0]!;

async function reportOf(id: FeedId): Promise<string> {
  const feed = await feedOf(id);
  const parts: Uint8Array[] = [];
  for await (const part of readDocument(db.database, feed.reportDocumentId as DocumentId)) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

const placed = async () =>
  Object.fromEntries(
    (
      await db.database.query<{ template_id: string; count: number }>(
        'select template_id, count(*)::int as count from skus group by 1',
      )
    ).map((row) => [row.template_id, row.count]),
  );

const outcomeOf = async (id: FeedId, sku: string) =>
  (
    await db.database.query<{ outcome: string }>('select outcome from feed_rows where feed_id = $1 and sku = $2', [
      id,
      sku,
    ])
  )[0]?.outcome;

const bulk = () => table(Array.from({ length: 450 }, (_, index) => `SKU-${index}\tWorld wide`));

test('every row of a feed is accounted for: applied, unchanged, superseded or rejected with its reason (R15)', async () => {
  await db.database.transaction((tx) => tx.insert(SkuEntity, [skuRow(seller, 'ABROAD', 'T-world')]));
  await Promise.all([start('relay'), start('sku-assignment')]);
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
  await drained(db.database);
  const feed = await feedOf(id);
  expect(feed).toMatchObject({ state: 'DONE', stagedRows: 11, settledRows: 11 });
  expect(feed.counts).toEqual({ processed: 11, applied: 4, unchanged: 3, superseded: 1, rejected: 3, notAttempted: 0 });
  const rows = await db.database.transaction((tx) =>
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
    const victim = await start('sku-assignment', { GE_FAILPOINT: failpoint });
    const id = await submit(bulk(), 10);
    await victim.ended;
    running.splice(running.indexOf(victim), 1);
    await start('sku-assignment');
    await drained(db.database);
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

test('a listings feed calls templates by id or by name, and its findings keep the number of their message (R15)', async () => {
  const move = (messageId: number, sku: string, value: string) => ({
    messageId,
    sku,
    operationType: 'PATCH',
    productType: 'PRODUCT',
    patches: [{ op: 'replace', path: '/attributes/merchant_shipping_group', value: [{ value }] }],
  });
  const messages = [
    move(11, 'SKU-1', 'T-world'),
    move(12, 'SKU-2', 'World wide'),
    move(13, 'SKU-3', 'Global'),
    move(14, 'SKU-4', 'T-none'),
    move(15, 'SKU-5', 'T-home'),
    { messageId: 16, sku: 'SKU-6', operationType: 'DELETE' },
  ];
  const id = await submit(JSON.stringify({ header: { version: '2.0' }, messages }), 1, 'listings-json');
  await Promise.all([start('relay'), start('sku-assignment')]);
  await drained(db.database);
  expect(await feedOf(id)).toMatchObject({
    state: 'DONE',
    counts: { processed: 6, applied: 4, unchanged: 1, superseded: 0, rejected: 1, notAttempted: 0 },
  });
  expect(await placed()).toEqual({ 'T-home': 496, 'T-world': 3 });
  const rows = await db.database.transaction((tx) =>
    tx.select(FeedRowEntity, 'where t.feed_id = $1 order by t.record_no', [id]),
  );
  expect(rows.map(({ templateName, templateId, detail }) => [templateName, templateId, detail?.messageId])).toEqual([
    ['T-world', 'T-world', '11'],
    ['World wide', 'T-world', '12'],
    ['Global', 'T-world', '13'],
    ['T-none', null, '14'],
    ['T-home', 'T-home', '15'],
    [null, null, '16'],
  ]);
});

test('two feeds of one seller apply in order of acceptance, whichever is picked up first', async () => {
  const first = await submit(bulk(), 10);
  const second = await submit(table(['SKU-0\tHome', 'SKU-1\tHome']), 11);
  await db.database.query(`update messages set due_at = now() + interval '1 hour' where payload->>'feedId' = $1`, [
    first,
  ]);
  await Promise.all([start('relay'), start('sku-assignment')]);
  await eventually(
    'the second one waits',
    async () => (await db.database.query('select 1 from messages where snoozes > 0')).length > 0,
  );
  await db.database.query(`update messages set due_at = now() where payload->>'feedId' = $1`, [first]);
  await drained(db.database);
  expect(await feedOf(second)).toMatchObject({ state: 'DONE', counts: { applied: 2 } });
  expect(await placed()).toEqual({ 'T-home': 52, 'T-world': 448 });
});

test('a file that cannot be read at all ends FATAL with a report that says why, and nothing of it is applied', async () => {
  await Promise.all([start('relay'), start('sku-assignment')]);
  const id = await submit('<?xml version="1.0"?><AmazonEnvelope/>', 10);
  await drained(db.database);
  expect(await feedOf(id)).toMatchObject({ state: 'FATAL', stagedRows: 0 });
  expect(await reportOf(id)).toMatch(/^0\t\t\S+\tFatal\t/m);
  expect(await placed()).toEqual({ 'T-home': 500 });
});

test('of two rows for one SKU in different slices the later one wins', async () => {
  await Promise.all([start('relay'), start('sku-assignment')]);
  const id = await submit(
    table(['SKU-400\tWorld wide', ...Array.from({ length: 250 }, (_, index) => `SKU-${index}\tHome`), 'SKU-400\tHome']),
    10,
  );
  await drained(db.database);
  expect((await feedOf(id)).counts).toMatchObject({ processed: 252, applied: 0, superseded: 1, unchanged: 251 });
});

/** Each failure of these messages is their last. */
const withLastAttempts = (name: string) =>
  db.database.query(
    `create function last_attempt() returns trigger language plpgsql as $$
       begin if new.name = '${name}' then new.attempts := 1000; end if; return new; end $$;
     create trigger last_attempt before insert or update on messages for each row execute function last_attempt()`,
  );

/** Writes to this table fail where the condition (about `new`) holds. */
const poison = (table: string, when: string) =>
  db.database.query(
    `create function poison() returns trigger language plpgsql as $$ begin raise exception 'poisoned'; end $$;
     create trigger poison before insert or update on ${table} for each row when (${when}) execute function poison()`,
  );

test('a feed that cannot be read ends FATAL with its report, and the seller’s next feed is applied', async () => {
  await withLastAttempts('take-in-feed');
  await poison('feed_blocks', `new.rows::text like '%"SKU-340"%'`);
  const id = await submit(bulk(), 5);
  const later = await submit(table(['SKU-1\tWorld wide']), 6);
  await Promise.all([start('relay'), start('sku-assignment')]);
  await drained(db.database);
  const feed = await feedOf(id);
  expect(feed).toMatchObject({ state: 'FATAL', fatalCode: 'GE-15035' });
  expect(feed.counts).toMatchObject({ processed: feed.stagedRows, applied: 0, notAttempted: feed.stagedRows });
  expect(await reportOf(id)).toMatch(/^0\t\tGE-15035\tFatal\t/m);
  expect(await feedOf(later)).toMatchObject({ state: 'DONE', counts: { applied: 1 } });
  expect(await db.database.query(`select 1 from operations where state <> 'closed'`)).toEqual([]);
});

test('a slice that cannot be applied ends its feed DONE with the rest not attempted, and the seller’s next feed is applied', async () => {
  await withLastAttempts('apply-feed');
  await poison('skus', `new.sku = 'SKU-250' and new.template_id = 'T-world'`);
  const id = await submit(`${bulk()}\r\n${'X'.repeat(41)}\tHome`, 5);
  const later = await submit(table(['SKU-1\tHome']), 6);
  await Promise.all([start('relay'), start('sku-assignment')]);
  await drained(db.database);
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
  await drained(db.database);
  expect(await feedOf(id)).toMatchObject({ state: 'DONE', reportDocumentId: null, counts: { applied: 1 } });
  expect(await feedOf(later)).toMatchObject({ state: 'DONE', counts: { applied: 1 } });
});

test('a feed waits for an earlier one however often it has looked, less and less often', async () => {
  await submit(bulk(), 5);
  await db.database.query(`update messages set due_at = now() + interval '1 hour'`);
  await submit(table(['SKU-0\tHome']), 6);
  await db.database.query('update messages set snoozes = 1000000 where due_at is null');
  await Promise.all([start('relay'), start('sku-assignment')]);
  const wait = await eventually('another look', async () => {
    const rows = await db.database.query<{ wait: number }>(
      `select extract(epoch from due_at - now())::float as wait from messages where state = 'ready' and snoozes > 1000000`,
    );
    return rows[0]?.wait;
  });
  expect(wait).toBeGreaterThan(1);
});
