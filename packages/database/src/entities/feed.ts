import type {
  DocumentId,
  FeedCounts,
  FeedId,
  FeedProblem,
  FeedRow,
  FeedRowOutcome,
  FeedState,
  FeedType,
  OperationId,
  SellerId,
  TemplateId,
} from '@ge/domain';
import { defineEntity, p } from '@mikro-orm/core';
import { counter, instant, json, key, word } from './columns.ts';

export const FeedEntity = defineEntity({
  name: 'Feed',
  tableName: 'feeds',
  properties: {
    id: key<FeedId>().primary(),
    sellerId: key<SellerId>(),
    type: word<FeedType>(),
    state: word<FeedState>(),
    commandNo: counter(),
    dryRun: p.boolean().default(false),
    revertsFeedId: key<FeedId>().strictNullable(),
    documentId: key<DocumentId>(),
    reportDocumentId: key<DocumentId>().strictNullable(),
    operationId: key<OperationId>().strictNullable(),
    fileBytes: counter().defaultRaw('0'),
    readBytes: counter().defaultRaw('0'),
    stagedRows: p.integer().default(0),
    settledRows: p.integer().default(0),
    counts: json<FeedCounts>().strictNullable(),
    fatalCode: p.text().strictNullable(),
    createdAt: instant(),
    startedAt: instant().strictNullable(),
    endedAt: instant().strictNullable(),
  },
  indexes: [
    { name: 'feeds_seller', properties: ['sellerId', 'commandNo'] },
    {
      name: 'feeds_unfinished',
      expression: `create index "feeds_unfinished" on "feeds" ("seller_id", "command_no") where state in ('IN_QUEUE', 'IN_PROGRESS')`,
    },
  ],
});

export const FeedRowEntity = defineEntity({
  name: 'FeedRow',
  tableName: 'feed_rows',
  primaryKeys: ['feedId', 'recordNo'],
  properties: {
    feedId: key<FeedId>().primary(),
    recordNo: p.integer().primary(),
    sku: p.text(),
    templateName: p.text().strictNullable(),
    /** What a format carries beyond SKU and template: a deletion, a confirmation's order and tracking data. */
    detail: json<Readonly<Record<string, string | number>>>().strictNullable(),
    outcome: word<FeedRowOutcome>().strictNullable(),
    templateId: key<TemplateId>().strictNullable(),
    formerTemplateId: key<TemplateId>().strictNullable(),
    problems: json<readonly FeedProblem[]>().defaultRaw("'[]'"),
  },
});

/**
 * Rows as they were read, column by column: the places of all lists belong together. A file's rows repeat a few template
 * names many times, so they are named by their place in `names`.
 */
export interface StagedColumns {
  readonly recordNos: readonly number[];
  readonly skus: readonly string[];
  readonly names: readonly string[];
  /** Place in `names`, null where the row names none. */
  readonly named: readonly (number | null)[];
  /** 0 = says nothing about its SKU, 1 = speaks of it, 2 = was rejected on reading. */
  readonly kinds: readonly (0 | 1 | 2)[];
  /** By place, where there is one. */
  readonly details: Readonly<Record<string, NonNullable<FeedRow['detail']>>>;
  readonly problems: Readonly<Record<string, readonly FeedProblem[]>>;
}

/**
 * Rows of a feed that were read and have no outcome yet, hundreds or thousands together: a million of them are written and
 * taken away as a few thousand at most. Each ends as a `FeedRow`. A big feed's are parted by ranges of their SKUs, and those of
 * one SKU stand in one range.
 */
export const FeedBlockEntity = defineEntity({
  name: 'FeedBlock',
  tableName: 'feed_blocks',
  primaryKeys: ['feedId', 'rangeNo', 'firstRecordNo'],
  properties: {
    feedId: key<FeedId>().primary(),
    rangeNo: p.integer().primary(),
    firstRecordNo: p.integer().primary(),
    lastRecordNo: p.integer(),
    rowCount: p.integer(),
    rows: p.json<StagedColumns>().columnType('json'),
  },
});

/** A SKU that several rows of a feed speak of, and the last of these rows. */
export const FeedRepeatedSkuEntity = defineEntity({
  name: 'FeedRepeatedSku',
  tableName: 'feed_repeated_skus',
  primaryKeys: ['feedId', 'sku'],
  properties: {
    feedId: key<FeedId>().primary(),
    sku: p.text().primary(),
    lastRecordNo: p.integer(),
  },
});
