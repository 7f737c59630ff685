import type { DocumentId, FeedId } from '@ge/domain';
import { z } from 'zod';
import { defineRoute } from '../route/route.ts';
import { accepted } from '../schema/accepted.ts';
import { text } from '../schema/goods.ts';
import { download, events, id, instant, ofSeller, operationId, page, pageQuery, sellerId } from '../schema/wire.ts';

const anyone = ['operator', 'producer', 'seller'] as const;

export const feedId = id<FeedId>();
export const feedType = z
  .enum(['inventory-loader', 'product-xml', 'listings-json', 'shipping-confirmation', 'shipping-confirmation-xml'])
  .meta({ id: 'FeedType' });
const feedState = z.enum(['IN_QUEUE', 'IN_PROGRESS', 'DONE', 'CANCELLED', 'FATAL']).meta({ id: 'FeedState' });

/** Largest file that any installation may take; the gateway's configuration lowers it. */
export const feedMaxBytes = 1024 ** 3;

const feedMediaTypes = [
  'text/plain',
  'text/tab-separated-values',
  'text/csv',
  'text/xml',
  'application/xml',
  'application/json',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/octet-stream',
] as const;

const counts = z.object({
  processed: z.int(),
  applied: z.int(),
  unchanged: z.int(),
  superseded: z.int(),
  rejected: z.int(),
  notAttempted: z.int(),
});

const feed = z
  .object({
    id: feedId,
    sellerId,
    type: feedType,
    state: feedState,
    commandNo: z.int(),
    documentId: id<DocumentId>(),
    reportDocumentId: id<DocumentId>().nullable(),
    operationId: operationId.nullable(),
    fileBytes: z.int().meta({ description: 'Size of the file; 0 for a feed that takes back another one' }),
    readBytes: z.int().meta({ description: 'Bytes of it read so far; of a workbook by the share of its sheet' }),
    stagedRows: z.int().meta({ description: 'Rows read so far' }),
    settledRows: z.int().meta({ description: 'Rows that have their outcome' }),
    counts: counts.nullable(),
    dryRun: z.boolean(),
    revertsFeedId: feedId.nullable(),
    fatalCode: z.string().nullable(),
    createdAt: instant,
    startedAt: instant.nullable(),
    endedAt: instant.nullable(),
  })
  .meta({ id: 'Feed' });

const ofFeed = z.strictObject({ feedId });

export const uploadFeed = defineRoute({
  id: 'feeds.upload',
  method: 'POST',
  path: '/v1/sellers/{sellerId}/feeds',
  scopes: anyone,
  rule: ['R15', 'R18'],
  summary:
    'Takes a bulk file byte for byte, or gzipped with Content-Encoding: gzip; feeds of one seller are worked off in the order of acceptance',
  params: ofSeller,
  query: z.strictObject({
    type: feedType,
    dryRun: z
      .enum(['true', 'false'])
      .optional()
      .meta({ description: 'Decide and report every row, and change nothing; not for files that confirm shipments' }),
    fileName: text(200, 1).optional().meta({ description: 'What the original is called when it is fetched again' }),
  }),
  upload: { mediaTypes: feedMediaTypes, maxBytes: feedMaxBytes },
  appendsTo: ['sku-assignment', 'label-purchase'],
  responses: {
    202: accepted.extend({ feedId, size: z.int(), sha256: z.string().meta({ description: 'Of the bytes as stored' }) }),
  },
  problems: ['feed.no_dry_run'],
});

export const listFeeds = defineRoute({
  id: 'feeds.list',
  method: 'GET',
  path: '/v1/sellers/{sellerId}/feeds',
  scopes: anyone,
  rule: 'R15',
  summary: "A seller's feeds, the last accepted first",
  params: ofSeller,
  query: pageQuery.extend({
    cursor: z
      .string()
      .regex(/^\d{1,15}$/)
      .optional(),
    state: feedState.optional(),
  }),
  responses: { 200: page(feed) },
  problems: [],
});

export const getFeed = defineRoute({
  id: 'feeds.get',
  method: 'GET',
  path: '/v1/feeds/{feedId}',
  scopes: anyone,
  rule: 'R15',
  summary: 'State, counts and progress of a feed',
  params: ofFeed,
  responses: { 200: feed },
  problems: [],
});

export const followFeed = defineRoute({
  id: 'feeds.follow',
  method: 'GET',
  path: '/v1/feeds/{feedId}/events',
  scopes: anyone,
  rule: 'R15',
  summary: 'The same as server-sent events: its state at once, then every change, until it has ended',
  params: ofFeed,
  responses: { 200: events(feed) },
  problems: [],
});

export const cancelFeed = defineRoute({
  id: 'feeds.cancel',
  method: 'POST',
  path: '/v1/feeds/{feedId}/cancel',
  scopes: anyone,
  rule: 'R15',
  summary: 'Cancels a feed that has not ended: what was applied stays, everything else is reported as not attempted',
  params: ofFeed,
  responses: { 200: feed },
  problems: ['feed.not_cancellable'],
});

export const revertFeed = defineRoute({
  id: 'feeds.revert',
  method: 'POST',
  path: '/v1/feeds/{feedId}/revert',
  scopes: anyone,
  rule: 'R15',
  summary: 'Takes back what an ended feed did, as a feed of its own: rows that were changed since are conflicts',
  params: ofFeed,
  query: z.strictObject({ dryRun: z.enum(['true', 'false']).optional() }),
  appendsTo: ['sku-assignment'],
  responses: { 202: accepted.extend({ feedId }) },
  problems: ['feed.not_revertible', 'feed.nothing_to_revert'],
});

export const downloadFeedReport = defineRoute({
  id: 'feeds.report',
  method: 'GET',
  path: '/v1/feeds/{feedId}/report',
  scopes: anyone,
  rule: 'R15',
  summary: 'The processing report of a feed that has ended: as it was written, or in the format and language asked for',
  params: ofFeed,
  query: z.strictObject({
    format: z
      .enum(['tab', 'xml', 'json'])
      .optional()
      .meta({ description: 'Classic tab layout, AmazonEnvelope with a ProcessingReport, or listings feed report 2.0' }),
    language: z.enum(['zh-CN', 'en-US']).optional(),
  }),
  responses: { 200: download('text/plain', 'text/tab-separated-values', 'text/xml', 'application/json') },
  problems: [],
});

export const downloadFeed = defineRoute({
  id: 'feeds.original',
  method: 'GET',
  path: '/v1/feeds/{feedId}/original',
  scopes: anyone,
  rule: 'R15',
  summary: 'The file as it was uploaded',
  params: ofFeed,
  responses: { 200: download(...feedMediaTypes) },
  problems: [],
});
