import type { DocumentId, LabelFormat, LabelId, LabelState, Money, OrderId, Parcel, SellerId } from '@ge/domain';
import { defineEntity, p } from '@mikro-orm/core';
import { instant, json, key, word } from './columns.ts';

export const LabelPurchaseEntity = defineEntity({
  name: 'LabelPurchase',
  tableName: 'label_purchases',
  properties: {
    id: key<LabelId>().primary(),
    orderId: key<OrderId>(),
    sellerId: key<SellerId>(),
    parcelNo: p.integer(),
    parcel: json<Parcel>(),
    state: word<LabelState>(),
    fence: p.integer().default(0),
    /** Until when the holder of the fence may act, by the database's clock. */
    leaseUntil: instant().strictNullable(),
    carrierId: p.text(),
    serviceId: p.text(),
    offerToken: p.text(),
    quoted: json<Money>(),
    format: word<LabelFormat>(),
    isProtected: p.boolean(),
    idempotencyKey: p.text(),
    requestHash: p.text().strictNullable(),
    sentAt: instant().strictNullable(),
    lookUps: p.integer().default(0),
    charge: json<Money>().strictNullable(),
    shipmentRef: p.text().strictNullable(),
    trackingId: p.text().strictNullable(),
    documentId: key<DocumentId>().strictNullable(),
    reason: p.text().strictNullable(),
    createdAt: instant(),
    endedAt: instant().strictNullable(),
  },
  uniques: [
    { name: 'label_purchases_idempotency_key', properties: ['idempotencyKey'] },
    { name: 'label_purchases_tracking', properties: ['trackingId'] },
  ],
  indexes: [
    { name: 'label_purchases_order', properties: ['orderId'] },
    {
      name: 'label_purchases_one_active',
      expression: `create unique index "label_purchases_one_active" on "label_purchases" ("order_id", "parcel_no") where state not in ('refused', 'voiding', 'voided', 'void_refused')`,
    },
  ],
});

/** A carrier's report about a parcel; the first scan decides payout (R17). */
export const TrackingEventEntity = defineEntity({
  name: 'TrackingEvent',
  tableName: 'tracking_events',
  primaryKeys: ['labelId', 'code', 'happenedAt'],
  properties: {
    labelId: key<LabelId>().primary(),
    code: p.text().primary(),
    happenedAt: instant().primary(),
    receivedAt: instant(),
  },
});
