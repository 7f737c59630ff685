import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { type Client, routes } from '@ge/api';
import { FeedEntity, FeedRowEntity, MessageEntity } from '@ge/database';
import { storeDocument } from '@ge/documents';
import { noCounts } from '@ge/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { generatedFeed } from './generatedFeed.ts';
import { refusedWith } from './refusedWith.ts';
import { startGateway, type TestGateway } from './startGateway.ts';
import { openShop, type Shop } from './tradeFixture.ts';

const MiB = 1024 ** 2;
let gateway: TestGateway;
let shop: Shop;
let seller: Client;
beforeAll(async () => {
  gateway = await startGateway({ UPLOAD_MAX_BYTES: String(60 * MiB) });
});
afterAll(() => gateway?.close());
beforeEach(async () => {
  shop = await openShop(gateway);
  seller = await gateway.clientOf('seller', shop.sellerId);
});

const upload = (text: string, type: 'inventory-loader' | 'shipping-confirmation' = 'inventory-loader') =>
  seller.call(routes.feeds.uploadFeed, {
    params: { sellerId: shop.sellerId },
    query: { type, fileName: 'März.txt' },
    upload: { bytes: text, mediaType: 'text/plain' },
  });

const rows = async (table: string) =>
  (await gateway.database.query<{ count: number }>(`select count(*)::int as count from ${table}`))[0]!.count;

/** What the workers leave of a feed of which so many rows were applied. */
const ended = (feedId: string, applied: number) =>
  gateway.database.query(
    `update feeds set state = 'DONE', ended_at = now(), staged_rows = $2, settled_rows = $2, counts = $3 where id = $1`,
    [feedId, applied, JSON.stringify({ ...noCounts, processed: applied, applied })],
  );

describe('an uploaded feed', () => {
  it('is stored byte for byte, takes its place among the commands, and has its message (R15)', async () => {
    const text = 'sku\tmerchant_shipping_group_name\r\nSHIRT\tHome\r\n';
    const first = await upload(text);
    expect(first).toMatchObject({ size: text.length, sha256: createHash('sha256').update(text).digest('hex') });
    const second = await upload('order-id\n1', 'shipping-confirmation');
    const messages = await gateway.database.transaction((tx) =>
      tx.select(MessageEntity, 'where t.seller_id = $1 order by t.id', [shop.sellerId]),
    );
    expect(messages).toMatchObject([
      { name: 'take-in-feed', commandNo: 1, payload: { feedId: first.feedId }, operationId: first.operationId },
      { name: 'take-in-confirmations', commandNo: 2, payload: { feedId: second.feedId } },
    ]);
    const feed = await seller.call(routes.feeds.getFeed, { params: { feedId: first.feedId } });
    expect([feed.readBytes, feed.fileBytes]).toEqual([0, text.length]);
    expect(feed).toMatchObject({
      state: 'IN_QUEUE',
      type: 'inventory-loader',
      commandNo: 1,
      stagedRows: 0,
      counts: null,
    });
    const original = await seller.send(routes.feeds.downloadFeed, { params: { feedId: first.feedId } });
    expect(await original.body.text()).toBe(text);
    expect(original.headers.get('content-disposition')).toContain("filename*=UTF-8''M%C3%A4rz.txt");

    const list = (query: object) => seller.call(routes.feeds.listFeeds, { params: { sellerId: shop.sellerId }, query });
    const page = await list({ limit: 1 });
    const next = await list({ limit: 1, cursor: page.nextCursor! });
    expect([page.items[0]!.id, next.items[0]!.id, next.nextCursor]).toEqual([second.feedId, first.feedId, null]);
    expect((await list({ state: 'DONE' })).items).toEqual([]);
  });

  it('can be cancelled, once', async () => {
    const params = { feedId: (await upload('sku\n')).feedId };
    const cancelled = await seller.call(routes.feeds.cancelFeed, { params });
    expect(cancelled).toMatchObject({ state: 'CANCELLED' });
    expect(cancelled.endedAt).toBeInstanceOf(Date);
    const problem = await refusedWith(seller.call(routes.feeds.cancelFeed, { params }));
    expect(problem).toMatchObject({ status: 422, code: 'feed.not_cancellable' });
  });

  it('may be tried out first, unless it confirms shipments (R15)', async () => {
    const tryOut = (type: 'inventory-loader' | 'shipping-confirmation') =>
      seller.call(routes.feeds.uploadFeed, {
        params: { sellerId: shop.sellerId },
        query: { type, dryRun: 'true' },
        upload: { bytes: 'sku\n', mediaType: 'text/plain' },
      });
    const { feedId } = await tryOut('inventory-loader');
    expect(await seller.call(routes.feeds.getFeed, { params: { feedId } })).toMatchObject({ dryRun: true });
    expect((await refusedWith(tryOut('shipping-confirmation'))).code).toBe('feed.no_dry_run');
  });

  it('is taken back by a feed of its own once it has ended and changed something (R15)', async () => {
    const params = { feedId: (await upload('sku\n')).feedId };
    const revert = () => seller.call(routes.feeds.revertFeed, { params });
    expect((await refusedWith(revert())).code).toBe('feed.not_revertible');
    await ended(params.feedId, 0);
    expect((await refusedWith(revert())).code).toBe('feed.nothing_to_revert');
    await ended(params.feedId, 1);
    const { feedId, operationId } = await revert();
    expect(await seller.call(routes.feeds.getFeed, { params: { feedId } })).toMatchObject({
      ...{ state: 'IN_QUEUE', revertsFeedId: params.feedId, type: 'inventory-loader', operationId },
    });
    const [message] = await gateway.database.query('select name, payload from messages where operation_id = $1', [
      operationId,
    ]);
    expect(message).toEqual({ name: 'revert-feed', payload: { feedId, sellerId: shop.sellerId } });
  });

  it('gives its processing report once there is one', async () => {
    const params = { feedId: (await upload('sku\n')).feedId };
    const missing = await refusedWith(seller.call(routes.feeds.downloadFeedReport, { params }));
    expect(missing.code).toBe('http.not_found');
    await gateway.database.transaction(async (tx) => {
      const mediaType = 'text/tab-separated-values; charset=utf-8';
      const file = { sellerId: null, mediaType, fileName: 'report.txt' };
      const report = await storeDocument(tx, file, [Buffer.from('1\tapplied\n')]);
      const [feed] = await tx.lock(FeedEntity, [params.feedId]);
      await tx.update(FeedEntity, [{ ...feed!, reportDocumentId: report.id }], ['reportDocumentId']);
    });
    const report = await seller.send(routes.feeds.downloadFeedReport, { params });
    expect(await report.body.text()).toBe('1\tapplied\n');
    expect(report.headers.get('content-type')).toBe('text/tab-separated-values; charset=utf-8');
  });

  it('gives its report in every format and language, whoever reads it (R15)', async () => {
    const params = { feedId: (await upload('sku\n')).feedId };
    const formats = { tab: 'text/tab-separated-values', xml: 'text/xml', json: 'application/json' } as const;
    const early = await refusedWith(
      seller.call(routes.feeds.downloadFeedReport, { params, query: { format: 'json' } }),
    );
    expect(early.code).toBe('http.not_found');
    await gateway.database.transaction(async (tx) => {
      const [feed] = await tx.lock(FeedEntity, [params.feedId]);
      const counts = { processed: 4, applied: 1, unchanged: 0, superseded: 1, rejected: 2, notAttempted: 0 };
      const ended = { ...feed!, state: 'DONE' as const, endedAt: new Date(), counts, stagedRows: 4, settledRows: 4 };
      await tx.update(FeedEntity, [ended], ['state', 'endedAt', 'counts', 'stagedRows', 'settledRows']);
      const row = { feedId: params.feedId, templateName: null, templateId: null, formerTemplateId: null };
      const unknown = { code: 'sku.unknown', severity: 'error', params: { sku: 'A' } } as const;
      const former = {
        code: 'template.name_former',
        severity: 'warning',
        params: { name: 'x', current: 'y' },
      } as const;
      await tx.insert(FeedRowEntity, [
        { ...row, recordNo: 1, sku: '=A', outcome: 'rejected', detail: { messageId: '70' }, problems: [unknown] },
        { ...row, recordNo: 2, sku: 'B', outcome: 'applied', detail: null, problems: [former] },
        { ...row, recordNo: 3, sku: 'C', outcome: 'rejected', detail: null, problems: [unknown] },
        { ...row, recordNo: 4, sku: 'D', outcome: 'superseded', detail: null, problems: [] },
      ]);
    });
    for (const [format, mediaType] of Object.entries(formats) as [keyof typeof formats, string][]) {
      for (const language of ['en-US', 'zh-CN'] as const) {
        const report = await seller.send(routes.feeds.downloadFeedReport, { params, query: { format, language } });
        expect(report.headers.get('content-type')).toBe(`${mediaType}; charset=utf-8`);
        const text = await report.body.text();
        expect(/\p{Script=Han}/u.test(text), text).toBe(language === 'zh-CN');
        if (format === 'tab') expect(text).toContain("1\t'=A\tsku.unknown\tError\t");
        if (format === 'xml')
          expect(text).toMatch(/<MessagesWithWarning>2<.*<MessageID>70<\/MessageID><ResultCode>Error</s);
        if (format !== 'json') continue;
        const { issues, summary, header } = JSON.parse(text);
        expect(header).toEqual({ sellerId: shop.sellerId, version: '2.0', feedId: params.feedId });
        expect(issues).toMatchObject([
          { messageId: 70, sku: '=A', code: 'sku.unknown', severity: 'ERROR' },
          { messageId: 2, sku: 'B', code: 'template.name_former', severity: 'WARNING' },
          { messageId: 3, sku: 'C', code: 'sku.unknown', severity: 'ERROR' },
          { messageId: 4, sku: 'D', code: 'GE-15033', severity: 'WARNING' },
        ]);
        expect(summary).toMatchObject({
          errors: 2,
          warnings: 2,
          messagesProcessed: 4,
          messagesAccepted: 2,
          messagesInvalid: 2,
        });
      }
    }
  });

  it('is hidden from other sellers', async () => {
    const params = { feedId: (await upload('sku\n')).feedId };
    const other = await gateway.clientOf('seller', 'somebody-else');
    for (const route of [routes.feeds.getFeed, routes.feeds.cancelFeed, routes.feeds.downloadFeed]) {
      expect((await refusedWith(other.call(route, { params }))).code).toBe('http.not_found');
    }
  });
});

async function sendGzipped(body: Uint8Array): Promise<Record<string, unknown>> {
  const url = `${gateway.baseUrl}/v1/sellers/${shop.sellerId}/feeds?type=inventory-loader`;
  const headers = {
    authorization: `Bearer ${gateway.operatorKey}`,
    'content-type': 'text/plain',
    'content-encoding': 'gzip',
    'idempotency-key': crypto.randomUUID(),
  };
  const response = await fetch(url, { method: 'POST', headers, body: Buffer.from(body) });
  return { status: response.status, ...((await response.json()) as object) };
}

describe('a large upload', () => {
  it('past the cap answers 413 and leaves nothing behind, whether it says its size or not', async () => {
    const [documents, chunks, feeds] = await Promise.all([rows('documents'), rows('document_chunks'), rows('feeds')]);
    for (const bytes of [generatedFeed(61), Buffer.alloc(61 * MiB)]) {
      const call = seller.call(routes.feeds.uploadFeed, {
        params: { sellerId: shop.sellerId },
        query: { type: 'inventory-loader' },
        upload: { bytes, mediaType: 'text/plain' },
      });
      expect(await refusedWith(call)).toMatchObject({ status: 413, code: 'http.too_large' });
    }
    expect([await rows('documents'), await rows('document_chunks'), await rows('feeds')]).toEqual([
      documents,
      chunks,
      feeds,
    ]);
  });

  it('comes gzipped too: what is kept, hashed and capped is the file', async () => {
    const file = Buffer.from(Array.from({ length: 200_000 }, (_, no) => `SKU-${no}\tWorld\n`).join(''));
    const zipped = gzipSync(file);
    const accepted = await sendGzipped(zipped);
    expect(accepted).toMatchObject({ status: 202, size: file.length });
    expect(accepted.sha256).toBe(createHash('sha256').update(file).digest('hex'));

    const before = await rows('documents');
    const nothing = Buffer.alloc(50 * MiB);
    expect(await sendGzipped(gzipSync(nothing))).toMatchObject({ status: 413, code: 'http.too_large' });
    const tooLong = gzipSync(Buffer.from(file.toString('latin1').repeat(25)));
    expect(await sendGzipped(tooLong)).toMatchObject({ status: 413, code: 'http.too_large' });
    for (const broken of [
      zipped.subarray(0, -20),
      Buffer.concat([zipped.subarray(0, 200), zipped.subarray(210)]),
      file,
    ])
      expect(await sendGzipped(broken)).toMatchObject({ status: 400, code: 'http.malformed_gzip' });
    expect(await rows('documents')).toBe(before);
  });

  it('of a media type that no feed has is refused', async () => {
    const call = seller.call(routes.feeds.uploadFeed, {
      params: { sellerId: shop.sellerId },
      query: { type: 'inventory-loader' },
      upload: { bytes: '{}', mediaType: 'application/pdf' },
    });
    expect(await refusedWith(call)).toMatchObject({ status: 415, code: 'http.unsupported_media_type' });
  });
});
