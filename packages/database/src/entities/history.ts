import { defineEntity, p } from '@mikro-orm/core';
import { counter, instant, key } from './columns.ts';

/** What became of a message. Append-only, one partition a day; history, never used to decide whether to run. */
export const MessageLogEntity = defineEntity({
  name: 'MessageLog',
  tableName: 'message_log',
  primaryKeys: ['day', 'id'],
  partitionBy: { type: 'range', expression: 'day', partitions: [{ name: 'message_log_rest', values: 'default' }] },
  properties: {
    day: p.date().primary(),
    id: counter().primary().autoincrement(),
    messageId: counter().strictNullable(),
    queue: p.text(),
    name: p.text(),
    sellerId: p.text(),
    operationId: p.text().strictNullable(),
    outcome: p.text(),
    reason: p.text().strictNullable(),
    attempts: p.integer(),
    at: instant(),
  },
  indexes: [
    { name: 'message_log_message', properties: ['messageId'] },
    {
      name: 'message_log_operation',
      expression: `create index "message_log_operation" on "message_log" ("operation_id") where operation_id is not null`,
    },
  ],
});

/** Proof that a job put straight into BullMQ took effect; the day comes from its envelope, older envelopes are refused. */
export const ReceiptEntity = defineEntity({
  name: 'Receipt',
  tableName: 'receipts',
  primaryKeys: ['day', 'key'],
  partitionBy: { type: 'range', expression: 'day', partitions: [{ name: 'receipts_rest', values: 'default' }] },
  properties: {
    day: p.date().primary(),
    key: key().primary(),
    at: instant().defaultRaw('now()'),
  },
});
