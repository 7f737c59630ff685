import { assignSkus, revertFeed as revertJob, takeInFeed as takeInJob } from '@ge/contracts';
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
  wakeFeed,
  wakeNextFeed,
} from '@ge/database';
import { readDocument, storeDocument } from '@ge/documents';
import {
  cancelFeed,
  type DocumentId,
  revertFeed as decideRevert,
  type FeedId,
  type FeedType,
  queueFeed,
  type SellerId,
  type TemplateId,
} from '@ge/domain';
import {
  enabledTemplateRow,
  runOwed,
  type ServiceProcess,
  sellerRow,
  skuRow,
  startService,
  type TestDatabase,
  templateRow,
  testDatabase,
  testSpace,
} from '@ge/testkit';
import { afterEach, beforeEach } from 'vitest';
import { applyFeed } from '../applyFeed.ts';
import { assignSkus as assigning } from '../assignSkus.ts';
import { revertFeed } from '../revertFeed.ts';
import { takeInFeed } from '../takeInFeed.ts';
import { writeFeedReport } from '../writeFeedReport.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
export const seller = 'S-1' as SellerId;
let db: TestDatabase;
let space: ReturnType<typeof testSpace>;
let running: ServiceProcess[];

/** Before each test a database with a seller who has a domestic and a GE template and 500 SKUs; services end with the test. */
export function feedsOnServers(): void {
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
}

export const database = () => db.database;

export async function start(name: string, env: Record<string, string> = {}): Promise<ServiceProcess> {
  const service = await startService(name, { databaseUrl: db.url, space, env: { SLICE_ROWS: '100', ...env } });
  running.push(service);
  return service;
}

/** One that a test had die is not ended with the others. */
export const startToDie = async (env: Record<string, string>): Promise<ServiceProcess> => {
  const victim = await start('sku-assignment', env);
  running.splice(running.indexOf(victim), 1);
  return victim;
};

/** Does all that is owed in this process, without any queue; where no feed has to wait for another one. */
export async function workOff(sliceRows = 100): Promise<void> {
  const handlers = [assigning, takeInFeed(sliceRows), applyFeed(sliceRows), revertFeed(sliceRows), writeFeedReport];
  for (const handler of handlers) await runOwed(db.database, handler);
}

/** What the gateway does with an upload: the document, the feed in its place, the message. */
export const submit = (
  content: string | Buffer,
  commandNo: number,
  type: FeedType = 'inventory-loader',
  dryRun = false,
) =>
  db.database.transaction(async (tx) => {
    const document = await storeDocument(tx, { sellerId: seller, mediaType: 'text/plain', fileName: 'feed.txt' }, [
      Buffer.from(content as Buffer),
    ]);
    const id = newId<FeedId>('feed');
    const feed = queueFeed(
      { id, sellerId: seller, type, commandNo, documentId: document.id, fileBytes: document.size!, dryRun },
      now,
    );
    const operationId = await startOperation(tx, { kind: 'feed', sellerId: seller, now }, [
      outgoing(takeInJob, { payload: { sellerId: seller, feedId: id }, sellerId: seller, commandNo }),
    ]);
    await tx.insert(FeedEntity, [{ ...feed, operationId }]);
    return id;
  });

export const table = (rows: readonly string[]) =>
  ['sku\tmerchant_shipping_group_name\tadd-delete', ...rows].join('\r\n');

export const feedOf = async (id: FeedId) =>
  (await db.database.transaction((tx) => tx.select(FeedEntity, 'where t.id = $1', [id])))[0]!;

export const rowsOf = (id: FeedId) =>
  db.database.transaction((tx) => tx.select(FeedRowEntity, 'where t.feed_id = $1 order by t.record_no', [id]));

export async function reportOf(id: FeedId): Promise<string> {
  const feed = await feedOf(id);
  const parts: Uint8Array[] = [];
  for await (const part of readDocument(db.database, feed.reportDocumentId as DocumentId)) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

/** What the gateway does when a feed is to be taken back. */
export const revert = (id: FeedId, commandNo: number, dryRun = false) =>
  db.database.transaction(async (tx) => {
    const revertId = newId<FeedId>('feed');
    const decision = decideRevert((await tx.find(FeedEntity, [id]))[0]!, { id: revertId, commandNo, dryRun }, now);
    if (!decision.ok) throw new Error(decision.refusals[0]!.code);
    const operationId = await startOperation(tx, { kind: 'feed', sellerId: seller, now }, [
      outgoing(revertJob, { payload: { sellerId: seller, feedId: revertId }, sellerId: seller, commandNo }),
    ]);
    await tx.insert(FeedEntity, [{ ...decision.value, operationId }]);
    return revertId;
  });

/** What the gateway does with a direct change. */
export const assign = (placed: Readonly<Record<string, string>>, commandNo: number) =>
  db.database.transaction((tx) => {
    const items = Object.entries(placed).map(([sku, name]) => ({ sku, template: { name } }));
    return startOperation(tx, { kind: 'assign-skus', sellerId: seller, now }, [
      outgoing(assignSkus, { payload: { sellerId: seller, commandNo, items }, sellerId: seller, commandNo }),
    ]);
  });

/** What the gateway does when a feed is cancelled. */
export const cancel = (id: FeedId) =>
  db.database.transaction(async (tx) => {
    const [feed] = await tx.lock(FeedEntity, [id]);
    const decision = cancelFeed(feed!, new Date());
    if (!decision.ok) throw new Error(decision.refusals[0]!.code);
    await tx.update(FeedEntity, [{ ...feed!, ...decision.value }], ['state', 'endedAt', 'counts']);
    await wakeFeed(tx, feed!);
    await wakeNextFeed(tx, feed!);
  });

/** How many SKUs are on each template. */
export const placed = async () =>
  Object.fromEntries(
    (
      await db.database.query<{ template_id: string; count: number }>(
        'select template_id, count(*)::int as count from skus group by 1',
      )
    ).map((row) => [row.template_id, row.count]),
  );

export const outcomeOf = async (id: FeedId, sku: string) =>
  (
    await db.database.query<{ outcome: string }>('select outcome from feed_rows where feed_id = $1 and sku = $2', [
      id,
      sku,
    ])
  )[0]?.outcome;

/** A table that moves 450 SKUs abroad. */
export const bulk = () => table(Array.from({ length: 450 }, (_, index) => `SKU-${index}\tWorld wide`));
