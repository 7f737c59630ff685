import type * as db from '@ge/database';
import type * as domain from '@ge/domain';
import { expect, expectTypeOf, test } from 'vitest';

test('a row is a snapshot of its domain type: decisions take rows and rows take decisions, without a mapper', () => {
  // The compiler is who judges these.
  expect(expectTypeOf).toBeTypeOf('function');
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
});
