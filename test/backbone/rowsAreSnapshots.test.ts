import * as db from '@ge/database';
import type * as domain from '@ge/domain';
import { expect, expectTypeOf, test } from 'vitest';

/** Tables judged below, and those that are the database's own affair or are read in parts. */
const judged = [
  'Seller',
  'SellerAddress',
  'ShippingTemplate',
  'TemplateAlias',
  'Enrollment',
  'Invitation',
  'Inquiry',
  'Campaign',
  'RegionSetting',
  'Suspension',
  'Sku',
  'Feed',
  'FeedRow',
  'Order',
  'LabelPurchase',
  'LabelBatch',
  'LabelBatchItem',
  'LedgerTransfer',
  'ChargeReclaim',
];
const withoutSnapshot = [
  'ApiKey',
  'AuditEntry',
  'CarrierStanding',
  'CarrierStatement',
  'DocumentChunk',
  'Document',
  'FeedBlock',
  'FeedRepeatedSku',
  'IdempotencyKey',
  'Mail',
  'Message',
  'MessageLog',
  'Operation',
  'OutsideLabelReport',
  'Pause',
  'Programme',
  'QueueTaker',
  'Quote',
  'Receipt',
  'RelayLease',
  'StatementDifference',
  'StatementLine',
  'TrackingEvent',
];

test('a row is a snapshot of its domain type: decisions take rows and rows take decisions, without a mapper', () => {
  expectTypeOf<db.RowOf<typeof db.SellerEntity>>().toExtend<domain.Seller>();
  expectTypeOf<db.RowOf<typeof db.SellerAddressEntity>>().toExtend<domain.SellerAddress>();
  expectTypeOf<db.RowOf<typeof db.ShippingTemplateEntity>>().toExtend<domain.ShippingTemplate>();
  expectTypeOf<db.RowOf<typeof db.TemplateAliasEntity>>().toExtend<domain.TemplateAlias>();
  expectTypeOf<db.RowOf<typeof db.EnrollmentEntity>>().toExtend<domain.Enrollment>();
  expectTypeOf<db.RowOf<typeof db.InvitationEntity>>().toExtend<domain.Invitation>();
  expectTypeOf<db.RowOf<typeof db.InquiryEntity>>().toExtend<domain.Inquiry>();
  expectTypeOf<db.RowOf<typeof db.CampaignEntity>>().toExtend<domain.Campaign>();
  expectTypeOf<db.RowOf<typeof db.RegionSettingEntity>>().toExtend<domain.RegionSetting>();
  expectTypeOf<db.RowOf<typeof db.SuspensionEntity>>().toExtend<domain.Suspension>();
  expectTypeOf<db.RowOf<typeof db.SkuEntity>>().toExtend<domain.Sku>();
  expectTypeOf<db.RowOf<typeof db.FeedEntity>>().toExtend<domain.Feed>();
  expectTypeOf<db.RowOf<typeof db.FeedRowEntity>>().toExtend<domain.FeedRow>();
  expectTypeOf<db.RowOf<typeof db.OrderEntity>>().toExtend<domain.Order>();
  expectTypeOf<db.RowOf<typeof db.LabelPurchaseEntity>>().toExtend<domain.LabelPurchase>();
  expectTypeOf<db.RowOf<typeof db.LabelBatchEntity>>().toExtend<domain.LabelBatch>();
  expectTypeOf<db.RowOf<typeof db.LabelBatchItemEntity>>().toExtend<domain.LabelBatchItem>();
  expectTypeOf<db.RowOf<typeof db.LedgerTransferEntity>>().toExtend<domain.LedgerTransfer>();
  expectTypeOf<db.RowOf<typeof db.ChargeReclaimEntity>>().toExtend<domain.ChargeReclaim>();
  // Whoever adds a table says here which of the two it is.
  const tables = Object.keys(db).flatMap((name) => /^(.+)Entity$/.exec(name)?.[1] ?? []);
  expect(tables.sort()).toEqual([...judged, ...withoutSnapshot].sort());
});
