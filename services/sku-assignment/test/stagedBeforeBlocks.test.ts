import { applyFeed as contract } from '@ge/contracts';
import { appendMessages, FeedEntity, FeedRowEntity, type FeedRowRow, migrate, outgoing, takeBack } from '@ge/database';
import { type FeedId, noCounts, type SellerId, tallyOutcomes } from '@ge/domain';
import { runOwed, type TestDatabase, testDatabase } from '@ge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { applyFeed } from '../applyFeed.ts';
import { putSeller } from './feedScene.ts';

const seller = 'S-1' as SellerId;
const feedId = 'feed_old' as FeedId;
const _now = new Date('2026-03-01T12:00:00.000Z');
let db: TestDatabase;

beforeEach(async () => {
  db = await testDatabase();
  await putSeller(db.database);
});
afterEach(() => db.drop());

/** Takes migrations back, up to and with this one. Returns them in the order in which they come again. */
async function takeBackTo(last: string): Promise<string[]> {
  const taken: string[] = [];
  do taken.unshift(...(await takeBack(db.url)));
  while (taken[0] !== last);
  return taken;
}

const row = (recordNo: number, sku: string, change: Partial<FeedRowRow> = {}): FeedRowRow => ({
  feedId,
  recordNo,
  sku,
  templateName: 'World wide',
  detail: null,
  outcome: null,
  templateId: null,
  formerTemplateId: null,
  problems: [],
  ...change,
});

test('a release with blocks is not taken back while rows of a feed wait in them', async () => {
  await db.database.query(
    `insert into feed_blocks (feed_id, range_no, first_record_no, last_record_no, row_count, rows) values ('feed_1', 0, 1, 1, 1, '{}')`,
  );
  await expect(takeBackTo('Migration20261126000004_feed_block_ranges')).rejects.toThrow(
    'feeds under way would be lost',
  );
  expect(await db.database.query('select from feed_blocks')).toHaveLength(1);
});

test('a feed that is half applied when a release brings the blocks is applied to its end', async () => {
  // The schema as it was before.
  const taken = await takeBackTo('Migration20261126000003_feed_blocks');
  await db.database.transaction(async (tx) => {
    const counts = { ...noCounts, ...tallyOutcomes([{ outcome: 'applied', count: 2 }]) };
    await tx.query(
      `insert into feeds (id, seller_id, type, state, command_no, document_id, staged_rows, settled_rows, counts, created_at)
       values ($1, $2, 'inventory-loader', 'IN_PROGRESS', 5, 'doc_1', 8, 2, $3, now())`,
      [feedId, seller, JSON.stringify(counts)],
    );
    await tx.insert(FeedRowEntity, [
      row(1, 'SKU-1', { outcome: 'applied' }),
      row(2, 'SKU-2', { outcome: 'applied' }),
      row(3, 'SKU-3'),
      row(4, 'SKU-4', { templateName: null }),
      row(5, 'SKU-5', { templateName: null, detail: { deletes: 'offer' } }),
      row(6, '', {
        outcome: 'rejected',
        templateName: null,
        problems: [{ code: '90220', severity: 'error', params: {} }],
      }),
      row(7, 'SKU-3', { templateName: 'Home' }),
      row(8, 'SKU-6'),
    ]);
    await appendMessages(tx, [outgoing(contract, { payload: { sellerId: seller, feedId }, sellerId: seller })]);
    await tx.query(`update messages set cursor = '{"afterRecordNo": 2}'`);
  });
  expect(await migrate(db.url)).toEqual(taken);
  await runOwed(db.database, applyFeed(2_000));

  const rows = await db.database.query<{ no: number; outcome: string; code: string | null }>(
    `select record_no as no, outcome, problems->0->>'code' as code from feed_rows order by record_no`,
  );
  expect(rows.map(({ no, outcome, code }) => [no, outcome, ...(code ? [code] : [])])).toEqual([
    [1, 'applied'],
    [2, 'applied'],
    [3, 'superseded'],
    [4, 'unchanged'],
    [5, 'applied'],
    [6, 'rejected', '90220'],
    [7, 'unchanged'],
    [8, 'applied'],
  ]);
  const [feed] = await db.database.transaction((tx) => tx.find(FeedEntity, [feedId]));
  expect(feed).toMatchObject({
    settledRows: 8,
    counts: { processed: 8, applied: 4, superseded: 1, unchanged: 2, rejected: 1 },
  });
  expect(await db.database.query('select from feed_blocks union all select from feed_repeated_skus')).toEqual([]);
});
