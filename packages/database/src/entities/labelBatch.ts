import type {
  LabelBatchId,
  LabelBatchItemState,
  LabelBatchState,
  LabelFormat,
  LabelId,
  OfferPreference,
  OperationId,
  OrderId,
  Parcel,
  PriceTolerance,
  Refusal,
  SellerId,
} from '@ge/domain';
import { defineEntity, p } from '@mikro-orm/core';
import { instant, json, key, texts, word } from './columns.ts';

/** Labels that are asked for together. */
export const LabelBatchEntity = defineEntity({
  name: 'LabelBatch',
  tableName: 'label_batches',
  properties: {
    id: key<LabelBatchId>().primary(),
    sellerId: key<SellerId>(),
    operationId: key<OperationId>(),
    state: word<LabelBatchState>(),
    format: word<LabelFormat>(),
    priceTolerance: json<PriceTolerance>().strictNullable(),
    createdAt: instant(),
  },
  indexes: [{ name: 'label_batches_seller', properties: ['sellerId', 'id'] }],
});

/** One parcel of a batch; what is still to be ordered is in state `waiting`. */
export const LabelBatchItemEntity = defineEntity({
  name: 'LabelBatchItem',
  tableName: 'label_batch_items',
  primaryKeys: ['batchId', 'itemNo'],
  properties: {
    batchId: key<LabelBatchId>().primary(),
    itemNo: p.integer().primary(),
    orderId: key<OrderId>(),
    parcelNo: p.integer().strictNullable(),
    parcel: json<Parcel>().strictNullable(),
    offerToken: p.text().strictNullable(),
    choose: word<OfferPreference>().strictNullable(),
    itn: p.text().strictNullable(),
    state: word<LabelBatchItemState>(),
    labelId: key<LabelId>().strictNullable(),
    refusals: json<readonly Refusal[]>(),
    offerlessSince: instant().strictNullable(),
    askAgainAt: instant().strictNullable(),
    awaitedCarriers: texts().defaultRaw("'{}'"),
    /** By the database's clock: when its slice was read of which it stepped aside last. */
    asideAt: instant().strictNullable(),
  },
  uniques: [{ name: 'label_batch_items_label', properties: ['labelId'] }],
  indexes: [
    {
      name: 'label_batch_items_waiting',
      expression: `create index "label_batch_items_waiting" on "label_batch_items" ("batch_id", "ask_again_at" nulls first, "item_no") where state = 'waiting'`,
    },
  ],
});
