import type { RowOf, SellerEntity, ShippingTemplateEntity, SkuEntity } from '@ge/database';
import type { CountryCode, SellerId, SkuCode, TemplateId } from '@ge/domain';
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
