import { defineEntity, p } from '@mikro-orm/core';
import { counter, instant, json, key, word } from './columns.ts';

export type MessageState = 'ready' | 'dead';

/** What is owed: present = to be run, absent = never run (again). BullMQ carries pointers to these rows. */
export const MessageEntity = defineEntity({
  name: 'Message',
  tableName: 'messages',
  properties: {
    id: counter().primary().autoincrement(),
    queue: p.text(),
    name: p.text(),
    /** `-` for programme-wide work, so that it takes its turn like a seller. */
    sellerId: p.text(),
    payload: json<unknown>(),
    cursor: json<unknown>().strictNullable(),
    operationId: key().strictNullable(),
    commandNo: counter().strictNullable(),
    state: word<MessageState>().default('ready'),
    /** null = now. The relay promotes what has become due. */
    dueAt: instant().strictNullable(),
    /** When one that was ordered for later became due first; null = from the moment of its acceptance on. */
    readyAt: instant().strictNullable(),
    /** Grows with every snooze, retry and continue; the BullMQ job id is `<id>-<gen>`. */
    gen: p.integer().default(0),
    attempts: p.integer().default(0),
    /** Times the process died while it ran this message alone. */
    crashes: p.integer().default(0),
    snoozes: p.integer().default(0),
    deadlineAt: instant().strictNullable(),
    lastError: p.text().strictNullable(),
    /** Of dead messages: what those that died alike have in common. */
    fingerprint: p.text().strictNullable(),
    /** Of dead messages: since when, by the programme's clock. */
    deadAt: instant().strictNullable(),
    /** Set when somebody cancelled it: its worker frees what it was about and ends it, instead of running it. */
    cancelReason: p.text().strictNullable(),
    trace: p.text().strictNullable(),
    createdAt: instant().defaultRaw('now()'),
  },
  indexes: [
    {
      name: 'messages_ready',
      expression: `create index "messages_ready" on "messages" ("queue", "seller_id", "id") where state = 'ready' and due_at is null`,
    },
    {
      name: 'messages_due',
      expression: `create index "messages_due" on "messages" ("due_at") where state = 'ready' and due_at is not null`,
    },
    {
      name: 'messages_later',
      expression: `create index "messages_later" on "messages" ("queue", "seller_id") where state = 'ready' and due_at is not null`,
    },
    {
      name: 'messages_cancelled',
      expression: `create index "messages_cancelled" on "messages" ("queue", "id") where state = 'ready' and cancel_reason is not null`,
    },
    {
      name: 'messages_dead',
      expression: `create index "messages_dead" on "messages" ("queue", "name", "fingerprint", "id") where state = 'dead'`,
    },
    {
      name: 'messages_operation',
      expression: `create index "messages_operation" on "messages" ("operation_id") where operation_id is not null`,
    },
  ],
});

/** Who may send to a queue, by the database's clock. */
export const RelayLeaseEntity = defineEntity({
  name: 'RelayLease',
  tableName: 'relay_lease',
  properties: { queue: key().primary(), holder: p.text(), until: instant() },
});

/** From how many of the names that a queue may be spread over a process takes its jobs, until when unless it says so again. */
export const QueueTakerEntity = defineEntity({
  name: 'QueueTaker',
  tableName: 'queue_takers',
  primaryKeys: ['queue', 'process'],
  properties: { queue: key().primary(), process: key().primary(), names: p.integer(), until: instant() },
});

/** A stopped queue (`seller_id = '*'`) or a stopped seller in a queue (`queue = '*'` for all). */
export const PauseEntity = defineEntity({
  name: 'Pause',
  tableName: 'pauses',
  primaryKeys: ['queue', 'sellerId'],
  properties: {
    queue: key().primary(),
    sellerId: key().primary(),
    reason: p.text(),
    createdAt: instant().defaultRaw('now()'),
  },
});

/** Progress of what a 202 accepted. */
export const OperationEntity = defineEntity({
  name: 'Operation',
  tableName: 'operations',
  properties: {
    id: key().primary(),
    sellerId: key().strictNullable(),
    kind: p.text(),
    /** That of its command; kept here because messages go when they are done. */
    commandNo: counter().strictNullable(),
    state: word<'open' | 'closed'>(),
    total: p.integer().default(0),
    done: p.integer().default(0),
    failed: p.integer().default(0),
    cancelled: p.integer().default(0),
    fannedOut: p.boolean().default(false),
    counts: json<Readonly<Record<string, number>>>().defaultRaw("'{}'"),
    /** What a command answers beyond numbers, for instance one result per item of a direct change. */
    result: json<unknown>().strictNullable(),
    createdAt: instant(),
    closedAt: instant().strictNullable(),
  },
  indexes: [
    { name: 'operations_seller', properties: ['sellerId', 'id'] },
    {
      name: 'operations_open',
      expression: `create index "operations_open" on "operations" ("kind", "created_at") where state = 'open'`,
    },
  ],
});
