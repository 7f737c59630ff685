import {
  type Database,
  EnrollmentEntity,
  SellerAddressEntity,
  SellerEntity,
  ShippingTemplateEntity,
  SkuEntity,
} from '@ge/database';
import { type AddressId, currentFeeSchedule, prefillFees, type SellerId, type TemplateId } from '@ge/domain';
import { enabledTemplateRow, sellerRow, skuRow, templateRow } from '@ge/testkit';
import {
  address,
  domesticShipping,
  exportData,
  type Market,
  orderIdOf,
  sellingTemplates,
  skuCode,
  skusEach,
  spareNo,
  templateName,
  templatesEach,
} from './market.ts';

const sellerId = (no: number) => `FLOOD-${String(no).padStart(5, '0')}` as SellerId;
const templateId = (seller: string, no: number) => `${seller}-T${no}` as TemplateId;

/** A market as rows in an empty fleet's database: a hundred thousand sellers in seconds. `run` is part of its orders' ids. */
export async function insertMarket(database: Database, count: number, run: number, now: Date): Promise<Market> {
  const internationalFees = prefillFees(currentFeeSchedule(now).version, 'shipment_based');
  const sellers = Array.from({ length: count }, (_, no) => sellerId(no));
  for (let from = 0; from < sellers.length; from += 100) {
    const some = sellers.slice(from, from + 100);
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
  return {
    sellers,
    spareTemplate: (seller, no) => templateId(seller, spareNo(no)),
    orderId: (no) => orderIdOf(run, no),
  };
}
