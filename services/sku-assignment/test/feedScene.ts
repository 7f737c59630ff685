import { assignSkus, takeInFeed } from '@ge/contracts';
import {
  type Database,
  FeedEntity,
  newId,
  outgoing,
  SellerEntity,
  ShippingTemplateEntity,
  SkuEntity,
  startOperation,
} from '@ge/database';
import { readDocument, storeDocument } from '@ge/documents';
import { type DocumentId, type FeedId, queueFeed, type SellerId } from '@ge/domain';
import { enabledTemplateRow, sellerRow, skuRow, templateRow } from '@ge/testkit';

export const queue = 'sku-assignment';
const now = new Date('2026-03-01T12:00:00.000Z');
const seller = 'S-1' as SellerId;

/** A seller with a template of each kind and sixty SKUs on the domestic one. */
export const putSeller = (database: Database): Promise<void> =>
  database.transaction(async (tx) => {
    await tx.insert(SellerEntity, [sellerRow(seller)]);
    await tx.insert(ShippingTemplateEntity, [
      templateRow(seller, 'T-home', { name: 'Home', isDefault: true }),
      enabledTemplateRow(seller, 'T-world', 1, { name: 'World wide' }),
    ]);
    await tx.insert(
      SkuEntity,
      Array.from({ length: 60 }, (_, no) => skuRow(seller, `SKU-${no}`, 'T-home')),
    );
  });

/** Fifty rows that apply, one that changes nothing, one superseded and two that are rejected. */
export const mixedFeed = [
  'sku\tmerchant_shipping_group_name\tadd-delete',
  'SKU-55\tWorld wide',
  ...Array.from({ length: 50 }, (_, no) => `SKU-${no}\tWorld wide`),
  'NO-SUCH\tHome',
  'SKU-56\tNo such template',
  'SKU-55\tHome',
].join('\r\n');

/** What the gateway does with an upload: the document, the feed in its place, the message. */
export const submit = (database: Database, text: string, commandNo: number): Promise<FeedId> =>
  database.transaction(async (tx) => {
    const kept = { sellerId: seller, mediaType: 'text/plain', fileName: 'feed.txt' };
    const document = await storeDocument(tx, kept, [Buffer.from(text)]);
    const id = newId<FeedId>('feed');
    const feed = queueFeed({ id, sellerId: seller, type: 'inventory-loader', commandNo, documentId: document.id }, now);
    const operationId = await startOperation(tx, { kind: 'feed', sellerId: seller, now }, [
      outgoing(takeInFeed, { payload: { sellerId: seller, feedId: id }, sellerId: seller, commandNo }),
    ]);
    await tx.insert(FeedEntity, [{ ...feed, operationId }]);
    return id;
  });

/** What the gateway does with a direct change: SKUs by the names of their templates. */
export const assign = (database: Database, placed: Readonly<Record<string, string>>, commandNo: number) =>
  database.transaction((tx) => {
    const items = Object.entries(placed).map(([sku, name]) => ({ sku, template: { name } }));
    return startOperation(tx, { kind: 'assign-skus', sellerId: seller, now }, [
      outgoing(assignSkus, { payload: { sellerId: seller, commandNo, items }, sellerId: seller, commandNo }),
    ]);
  });

async function textOf(database: Database, id: DocumentId): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of readDocument(database, id)) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

/** Everything that feeds leave behind, but for ids and times of their own making. */
export async function tracesOf(database: Database) {
  const feeds = await database.query<{ report: DocumentId; state: string; counts: Record<string, number> }>(
    `select state, staged_rows, settled_rows, counts, fatal_code, report_document_id as report
       from feeds order by command_no`,
  );
  const reports = await Promise.all(feeds.map(({ report }) => textOf(database, report)));
  return {
    feeds: feeds.map(({ report: _, ...feed }) => feed),
    reports,
    documents: await database.query('select count(*)::int as count from documents'),
    rows: await database.query(
      `select f.command_no, r.record_no, r.sku, r.outcome, r.problems
         from feed_rows r join feeds f on f.id = r.feed_id order by f.command_no, r.record_no`,
    ),
    skus: await database.query<{ sku: string }>('select sku, template_id, template_command_no from skus order by sku'),
    operations: await database.query(
      'select kind, state, total, done, failed, counts, result from operations order by counts::text, result::text',
    ),
    log: await database.query('select name, outcome, reason from message_log order by name, outcome, reason'),
    owed: await database.query('select id from messages'),
  };
}
