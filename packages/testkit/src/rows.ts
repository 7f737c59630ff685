import type {
  LabelPurchaseEntity,
  OrderEntity,
  RowOf,
  SellerEntity,
  ShippingTemplateEntity,
  SkuEntity,
} from '@ge/database';
import type { AddressId, CalendarDate, CountryCode, LabelId, OrderId, SellerId, SkuCode, TemplateId } from '@ge/domain';
import { emptyGeCommandLog } from '@ge/domain';

const bornAt = new Date('2026-01-05T15:00:00.000Z');

/** A US seller with nothing set. */
export const sellerRow = (
  id: string,
  change: Partial<RowOf<typeof SellerEntity>> = {},
): RowOf<typeof SellerEntity> => ({
  id: id as SellerId,
  marketplaceId: 'US',
  country: 'US' as CountryCode,
  name: `Seller ${id}`,
  email: `${id.toLowerCase()}@example.com`,
  locale: 'en-US',
  timeZone: 'America/New_York',
  generalAddressId: null,
  regionAutoApply: false,
  regionSettingVersion: 0,
  commandNo: 0,
  createdAt: bornAt,
  ...change,
});

/** A template nobody has touched. */
export const templateRow = (
  sellerId: string,
  id: string,
  change: Partial<RowOf<typeof ShippingTemplateEntity>> = {},
): RowOf<typeof ShippingTemplateEntity> => ({
  id: id as TemplateId,
  sellerId: sellerId as SellerId,
  name: `Template ${id}`,
  isDefault: false,
  geState: 'off',
  geCommandNo: 0,
  geCommandLog: emptyGeCommandLog,
  blockedBy: [],
  regionAutomation: false,
  domesticAutomation: false,
  internationalAutomation: false,
  shipFrom: [],
  carrierPreferences: [],
  domesticShipping: null,
  internationalFees: null,
  excludedDestinations: [],
  appliedSettingVersion: 0,
  suspendedDestinations: [],
  appliedSuspensionVersion: 0,
  wizard: null,
  version: 1,
  createdAt: bornAt,
  ...change,
});

/** A template that command `commandNo` enabled. */
export const enabledTemplateRow = (
  sellerId: string,
  id: string,
  commandNo: number,
  change: Partial<RowOf<typeof ShippingTemplateEntity>> = {},
) =>
  templateRow(sellerId, id, {
    geState: 'enabled',
    geCommandNo: commandNo,
    geCommandLog: { deactivatedNo: 0, enabledNos: [commandNo] },
    regionAutomation: true,
    internationalAutomation: true,
    ...change,
  });

/** An eligible SKU whose export data nobody asks for. */
export const skuRow = (
  sellerId: string,
  sku: string,
  templateId: string,
  change: Partial<RowOf<typeof SkuEntity>> = {},
): RowOf<typeof SkuEntity> => ({
  sellerId: sellerId as SellerId,
  sku: sku as SkuCode,
  templateId: templateId as TemplateId,
  templateCommandNo: 0,
  title: `Product ${sku}`,
  exportData: null,
  verdict: 'eligible',
  verdictRule: null,
  createdAt: bornAt,
  ...change,
});

/** A pending GE order to Germany of one accepted line, to be shipped within two business days. */
export const orderRow = (
  sellerId: string,
  id: string,
  change: Partial<RowOf<typeof OrderEntity>> = {},
): RowOf<typeof OrderEntity> => ({
  id: id as OrderId,
  sellerId: sellerId as SellerId,
  isGlobalExpress: true,
  destination: 'DE' as CountryCode,
  shipTo: null,
  lines: [
    {
      lineId: '1',
      sku: 'SKU-1' as SkuCode,
      quantity: 1,
      unitPrice: { minor: 1999, currency: 'USD' },
      accepted: true,
      refusals: [],
      templateId: 'T-1' as TemplateId,
      templateVersion: 1,
      settingVersion: 0,
      confirmedQuantity: 0,
    },
  ],
  state: 'pending',
  handlingDays: 2,
  // The end of Wednesday, two business days after the order was placed, in New York.
  shipBy: new Date('2026-01-08T04:59:59.999Z'),
  importFeeDeposit: null,
  payout: 'pending',
  payoutReason: null,
  regionSettingVersion: 0,
  suspensionVersion: 0,
  createdAt: bornAt,
  confirmedAt: null,
  cancelledBy: null,
  countsAgainstSeller: null,
  refundedBy: null,
  refundedAt: null,
  ...change,
});

/** A label of the order's first parcel that was asked for and not bought yet. */
export const labelRow = (
  sellerId: string,
  orderId: string,
  id: string,
  change: Partial<RowOf<typeof LabelPurchaseEntity>> = {},
): RowOf<typeof LabelPurchaseEntity> => ({
  id: id as LabelId,
  orderId: orderId as OrderId,
  sellerId: sellerId as SellerId,
  parcelNo: 1,
  parcel: { weightGrams: 500, lengthMm: 200, widthMm: 150, heightMm: 50, contents: [{ lineId: '1', quantity: 1 }] },
  declaration: {
    shipFromId: 'adr_1' as AddressId,
    shipDate: '2026-01-06' as CalendarDate,
    lines: [],
    exportFiling: 'NOEEI 30.37(a)',
  },
  state: 'requested',
  fence: 0,
  leaseUntil: null,
  carrierId: 'simulator-express',
  serviceId: 'express',
  offerToken: `offer-${id}`,
  quoted: { minor: 2450, currency: 'USD' },
  quotedUntil: null,
  requoted: null,
  priceTolerance: null,
  batchId: null,
  format: 'PDF',
  isProtected: true,
  idempotencyKey: `key-${id}`,
  requestHash: null,
  sentAt: null,
  lookUps: 0,
  charge: null,
  shipmentRef: null,
  trackingId: null,
  documentId: null,
  reason: null,
  createdAt: bornAt,
  endedAt: null,
  ...change,
});
