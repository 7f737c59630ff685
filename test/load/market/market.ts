import {
  type Database,
  EnrollmentEntity,
  SellerAddressEntity,
  SellerEntity,
  ShippingTemplateEntity,
  SkuEntity,
} from '@ge/database';
import {
  type AddressId,
  currentFeeSchedule,
  type DomesticShipping,
  prefillFees,
  type SellerId,
  type TemplateId,
} from '@ge/domain';
import { enabledTemplateRow, sellerRow, skuRow, templateRow } from '@ge/testkit';

/** What each seller of a flood has. The first templates are those that orders are placed on. */
const templatesEach = 6;
const skusEach = 40;
const sellingTemplates = 3;

const sellerId = (no: number) => `FLOOD-${String(no).padStart(5, '0')}` as SellerId;
const templateId = (seller: string, no: number) => `${seller}-T${no}` as TemplateId;
export const templateName = (no: number) => `Template ${no}`;
const skuCode = (seller: string, no: number) => `${seller}-K${no}`;
/** Templates that nothing is sold from, for whoever switches some off and on. */
export const spareTemplate = (seller: string, no: number) =>
  templateId(seller, sellingTemplates + (no % (templatesEach - sellingTemplates)));
/** SKUs that orders are for; nobody moves them. */
export const soldSku = (seller: string, no: number) => skuCode(seller, no % 10);
/** SKUs that are moved about. */
export const movedSku = (seller: string, no: number) => skuCode(seller, 10 + (no % (skusEach - 10)));

const address = {
  name: 'Cascade Outfitters',
  line1: '410 Terry Ave N',
  city: 'Seattle',
  state: 'WA',
  postalCode: '98109',
  country: 'US',
  phone: '+1 206 555 0100',
};

export const domesticShipping = (perItem: number): DomesticShipping => ({
  serviceLevels: [
    {
      level: 'standard',
      transitDays: { min: 4, max: 8 },
      fee: {
        kind: 'per_item',
        perShipment: { minor: 400, currency: 'USD' },
        perItem: { minor: perItem, currency: 'USD' },
      },
    },
  ],
});

const exportData = {
  category: 'apparel',
  hsCode: '6205.20',
  originCountry: 'VN',
  weightGrams: 250,
  value: { minor: 19_99, currency: 'USD' },
} as const;

/** Enrolled sellers with templates that sell abroad and SKUs on them. Returns their ids. */
export async function openMarket(database: Database, sellers: number, now: Date): Promise<SellerId[]> {
  const internationalFees = prefillFees(currentFeeSchedule(now).version, 'shipment_based');
  const ids = Array.from({ length: sellers }, (_, no) => sellerId(no));
  for (let from = 0; from < ids.length; from += 100) {
    const some = ids.slice(from, from + 100);
    const adr = (id: SellerId) => `${id}-adr` as AddressId;
    const template = (id: SellerId, no: number) => {
      const facts = { name: templateName(no), isDefault: no === 0, domesticShipping: domesticShipping(100) };
      return no < sellingTemplates
        ? enabledTemplateRow(id, templateId(id, no), 1, { ...facts, internationalFees, shipFrom: [adr(id)] })
        : templateRow(id, templateId(id, no), facts);
    };
    await database.transaction(async (tx) => {
      await tx.insert(
        SellerEntity,
        some.map((id) => sellerRow(id, { generalAddressId: adr(id), commandNo: 1 })),
      );
      await tx.insert(
        SellerAddressEntity,
        some.map((id) => ({ id: adr(id), sellerId: id, address, createdAt: now })),
      );
      await tx.insert(
        ShippingTemplateEntity,
        some.flatMap((id) => Array.from({ length: templatesEach }, (_, no) => template(id, no))),
      );
      await tx.insert(
        SkuEntity,
        some.flatMap((id) =>
          Array.from({ length: skusEach }, (_, no) =>
            skuRow(id, skuCode(id, no), templateId(id, no % sellingTemplates), { exportData }),
          ),
        ),
      );
      await tx.insert(
        EnrollmentEntity,
        some.map((id) => ({
          sellerId: id,
          state: 'active' as const,
          commandNo: 1,
          templateScope: null,
          operationId: null,
          enrolledAt: now,
          closedAt: null,
        })),
      );
    });
  }
  return ids;
}
