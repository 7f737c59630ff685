import type {
  CalendarDate,
  Currency,
  LabelId,
  LedgerAccount,
  Money,
  OrderId,
  ReclaimState,
  SellerId,
  StatementDifference,
  StatementLineKind,
  TransferKind,
} from '@ge/domain';
import { defineEntity, p } from '@mikro-orm/core';
import { counter, instant, json, key, word } from './columns.ts';

/** The double-entry ledger: both sides of an entry are one row, and a trigger refuses to change or remove it. */
export const LedgerTransferEntity = defineEntity({
  name: 'LedgerTransfer',
  tableName: 'ledger_transfers',
  properties: {
    id: key().primary(),
    kind: word<TransferKind>(),
    orderId: key<OrderId>(),
    sellerId: key<SellerId>(),
    labelId: key<LabelId>().strictNullable(),
    carrierId: p.text().strictNullable(),
    debit: word<LedgerAccount>(),
    credit: word<LedgerAccount>(),
    minor: counter(),
    currency: word<Currency>(),
    bookedAt: instant(),
  },
  checks: [
    { name: 'ledger_transfers_amount', expression: 'minor > 0' },
    { name: 'ledger_transfers_sides', expression: 'debit <> credit' },
  ],
  indexes: [{ name: 'ledger_transfers_order', properties: ['orderId'] }],
  triggers: [
    {
      name: 'ledger_transfers_stay',
      timing: 'before',
      events: ['update', 'delete'],
      forEach: 'statement',
      body: `raise exception 'what is in the ledger stays as it is: book it back'`,
    },
  ],
});

/** How far a carrier's statement was read. */
export const CarrierStatementEntity = defineEntity({
  name: 'CarrierStatement',
  tableName: 'carrier_statements',
  properties: {
    carrierId: p.text().primary(),
    /** Number of the last line that was taken in. */
    lastLineNo: counter().defaultRaw('0'),
    /** When its end was reached last; null before the first time. */
    readAt: instant().strictNullable(),
    /** The day for which a reading was owed last, without anybody asking; null before the first one. */
    owedFor: key<CalendarDate>().strictNullable(),
    /** When it was first looked at here. */
    since: instant().defaultRaw('now()'),
  },
});

/** What carriers billed, line by line, as it was read. */
export const StatementLineEntity = defineEntity({
  name: 'StatementLine',
  tableName: 'statement_lines',
  primaryKeys: ['carrierId', 'lineNo'],
  properties: {
    carrierId: p.text().primary(),
    lineNo: counter().primary(),
    kind: word<StatementLineKind>(),
    reference: p.text(),
    shipmentRef: p.text(),
    minor: counter(),
    currency: word<Currency>(),
    at: instant(),
  },
  indexes: [{ name: 'statement_lines_reference', properties: ['carrierId', 'reference'] }],
});

/** Where a statement and the labels differ. One that no longer does is kept, with the time when that was seen. */
export const StatementDifferenceEntity = defineEntity({
  name: 'StatementDifference',
  tableName: 'statement_differences',
  primaryKeys: ['carrierId', 'subject'],
  properties: {
    carrierId: p.text().primary(),
    /** `line/12`, or `label/lbl_1` where no line speaks of it. */
    subject: key().primary(),
    kind: word<StatementDifference>(),
    reference: p.text(),
    lineNo: counter().strictNullable(),
    /** What the line says, and what was written down here. */
    theirs: json<Money>().strictNullable(),
    ours: json<Money>().strictNullable(),
    seenAt: instant(),
    settledAt: instant().strictNullable(),
  },
  indexes: [
    {
      name: 'statement_differences_open',
      expression: `create index "statement_differences_open" on "statement_differences" ("carrier_id", "subject") where settled_at is null`,
    },
  ],
});

/** Shipments that a carrier charged beside those of the labels. The key is what keeps one from being asked back twice. */
export const ChargeReclaimEntity = defineEntity({
  name: 'ChargeReclaim',
  tableName: 'charge_reclaims',
  primaryKeys: ['carrierId', 'shipmentRef'],
  properties: {
    carrierId: p.text().primary(),
    shipmentRef: p.text().primary(),
    labelId: key<LabelId>(),
    orderId: key<OrderId>(),
    sellerId: key<SellerId>(),
    charged: json<Money>(),
    state: word<ReclaimState>(),
    fence: p.integer(),
    leaseUntil: instant().strictNullable(),
    unanswered: p.integer(),
    refund: json<Money>().strictNullable(),
    reason: p.text().strictNullable(),
    requestedAt: instant(),
    sentAt: instant().strictNullable(),
    endedAt: instant().strictNullable(),
  },
});
