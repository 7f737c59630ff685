import type {
  DocumentId,
  LabelBatchId,
  LabelFormat,
  LabelId,
  LabelState,
  Money,
  OrderId,
  Parcel,
  PriceTolerance,
  QuoteId,
  SellerId,
  ShipmentDeclaration,
  ShippingOffer,
} from '@ge/domain';
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
    /** What customs and carrier are told beside the parcel; decided with the intent. */
    declaration: json<ShipmentDeclaration>(),
    state: word<LabelState>(),
    fence: p.integer().default(0),
    /** Until when the holder of the fence may act, by the database's clock. */
    leaseUntil: instant().strictNullable(),
    carrierId: p.text(),
    serviceId: p.text(),
    offerToken: p.text(),
    quoted: json<Money>(),
    quotedUntil: instant().strictNullable(),
    requoted: json<Money>().strictNullable(),
    priceTolerance: json<PriceTolerance>().strictNullable(),
    batchId: key<LabelBatchId>().strictNullable(),
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
  uniques: [{ name: 'label_purchases_idempotency_key', properties: ['idempotencyKey'] }],
  indexes: [
    {
      name: 'label_purchases_parked',
      expression: `create index "label_purchases_parked" on "label_purchases" ("id") where state = 'parked'`,
    },
    {
      name: 'label_purchases_open',
      expression: `create index "label_purchases_open" on "label_purchases" ("state", "created_at") where state in ('requested', 'claimed', 'sent', 'unknown', 'parked', 'voiding')`,
    },
    { name: 'label_purchases_order', properties: ['orderId'] },
    {
      name: 'label_purchases_offered_shipment',
      expression: `create index "label_purchases_offered_shipment" on "label_purchases" (split_part(offer_token, '.', 1)) where offer_token like 'shp\\_%'`,
    },
    {
      name: 'label_purchases_batch_unsent',
      expression: `create index "label_purchases_batch_unsent" on "label_purchases" ("batch_id") where batch_id is not null and state in ('requested', 'claimed')`,
    },
    // Not unique: carriers use their numbers again after some years, and a paid label must never fail to be saved.
    { name: 'label_purchases_tracking', properties: ['trackingId'] },
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

/** A carrier or the marketplace saw the order travel under a label that was not bought here: its payout is withheld (R17). */
export const OutsideLabelReportEntity = defineEntity({
  name: 'OutsideLabelReport',
  tableName: 'outside_label_reports',
  primaryKeys: ['orderId', 'trackingId'],
  properties: {
    orderId: key<OrderId>().primary(),
    trackingId: p.text().primary(),
    happenedAt: instant(),
    receivedAt: instant(),
  },
});

/** What the carriers offered for one parcel; a purchase names one of the offers. */
export const QuoteEntity = defineEntity({
  name: 'Quote',
  tableName: 'quotes',
  properties: {
    id: key<QuoteId>().primary(),
    orderId: key<OrderId>(),
    sellerId: key<SellerId>(),
    parcelNo: p.integer(),
    parcel: json<Parcel>(),
    /** The day of hand-over that was asked for, `2026-11-22`. */
    shipDate: p.text(),
    /** Offers that could be bought, cheapest first; `validUntil` is an ISO string here. */
    offers: json<readonly QuotedOffer[]>(),
    createdAt: instant(),
  },
  indexes: [
    { name: 'quotes_order', properties: ['orderId'] },
    { name: 'quotes_age', properties: ['createdAt'] },
  ],
});

/** An offer as it is kept. */
export type QuotedOffer = Omit<ShippingOffer, 'validUntil'> & { readonly validUntil: string };
