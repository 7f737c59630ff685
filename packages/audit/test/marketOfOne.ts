import type { AddressId, DomesticShipping, TemplateId } from '@ge/domain';
import { sellerRow, skuRow, templateRow } from '@ge/testkit';
import type { Baseline } from '../src/index.ts';

const domesticShipping: DomesticShipping = {
  serviceLevels: [
    {
      level: 'standard',
      transitDays: { min: 4, max: 8 },
      fee: { kind: 'per_item', perShipment: { minor: 400, currency: 'USD' }, perItem: { minor: 100, currency: 'USD' } },
    },
  ],
};

const address = {
  name: 'Cascade Outfitters',
  line1: '410 Terry Ave N',
  city: 'Seattle',
  state: 'WA',
  postalCode: '98109',
  country: 'US',
  phone: '+1 206 555 0100',
};

/** A seller with two templates that Enroll can enable, and three SKUs on the first. */
export function marketOfOne(id: string, now: Date): Baseline {
  const generalAddressId = `${id}-adr` as AddressId;
  const seller = sellerRow(id, { generalAddressId });
  const template = (no: number) =>
    templateRow(id, `${id}-T${no}` as TemplateId, { name: `Template ${no}`, isDefault: no === 0, domesticShipping });
  return {
    sellers: [seller],
    addresses: [{ id: generalAddressId, sellerId: seller.id, address, createdAt: now }],
    templates: [template(0), template(1)],
    skus: [0, 1, 2].map((no) => skuRow(id, `${id}-K${no}`, `${id}-T0`)),
    orders: [],
  };
}
