import type {
  DocumentId,
  FeedCounts,
  FeedId,
  FeedProblem,
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
    documentId: key<DocumentId>(),
    reportDocumentId: key<DocumentId>().strictNullable(),
    operationId: key<OperationId>().strictNullable(),
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
  indexes: [{ name: 'feed_rows_sku', properties: ['feedId', 'sku', 'recordNo'] }],
});
