import type { Baseline } from '@ge/audit';
import type { OrderRow } from '@ge/database';
import {
  type AddressId,
  type CountryCode,
  currentFeeSchedule,
  type DomesticShipping,
  prefillFees,
  type SellerId,
  type TemplateId,
} from '@ge/domain';
import { enabledTemplateRow, orderRow, sellerRow, skuRow, templateRow } from '@ge/testkit';

export const templatesEach = 9;
export const skusEach = 12;
/** Of each seller: orders that labels may be bought for, orders that suspensions hold, orders that files confirm. */
export const ordersEach = { label: 4, hold: 3, domestic: 3 } as const;

export const sellerId = (no: number) => `S-${String(no).padStart(3, '0')}` as SellerId;
/** A seller who is only invited. */
export const guestId = (no: number) => `G-${String(no).padStart(3, '0')}` as SellerId;
export const templateId = (seller: SellerId, no: number) => `${seller}-T${no}` as TemplateId;
export const skuCode = (seller: SellerId, no: number) => `${seller}-K${no}`;
/** In the form that files must have: three digits, seven, seven. */
export const orderId = (seller: SellerId, kind: keyof typeof ordersEach, no: number) =>
  `${{ label: 111, hold: 112, domestic: 113 }[kind]}-0000${seller.slice(2)}-${String(no).padStart(7, '0')}`;

const address = {
  name: 'Cascade Outfitters',
  line1: '410 Terry Ave N',
  city: 'Seattle',
  state: 'WA',
  postalCode: '98109',
  country: 'US',
  phone: '+1 206 555 0100',
};
const buyer = { name: 'Jörg Weiß', line1: 'Hauptstraße 5', city: 'Köln', postalCode: '50667', country: 'DE' };

export const domesticShipping: DomesticShipping = {
  serviceLevels: [
    {
      level: 'standard',
      transitDays: { min: 4, max: 8 },
      fee: { kind: 'per_item', perShipment: { minor: 400, currency: 'USD' }, perItem: { minor: 100, currency: 'USD' } },
    },
  ],
};

const exportData = {
  category: 'apparel',
  hsCode: '6205.20',
  originCountry: 'VN',
  weightGrams: 250,
  value: { minor: 19_99, currency: 'USD' },
} as const;

/** Sellers of every kind of template (ready, enabled both ways of leaving, one that lacks what Enroll needs), and guests. */
export function marketOf(sellers: number, guests: number, now: Date): Baseline {
  const internationalFees = prefillFees(currentFeeSchedule(now).version, 'shipment_based');
  const ids = Array.from({ length: sellers }, (_, no) => sellerId(no));
  const generalAddress = (id: SellerId) => `${id}-adr` as AddressId;
  const template = (seller: SellerId, no: number) => {
    const named = { name: `Template ${no}`, isDefault: no === 0 };
    const enabled = { ...named, domesticShipping, internationalFees, shipFrom: [generalAddress(seller)] };
    const id = templateId(seller, no);
    if (no % 4 === 1) return enabledTemplateRow(seller, id, 1, { ...enabled, domesticAutomation: no % 8 === 1 });
    return templateRow(seller, id, no === 4 ? named : { ...named, domesticShipping });
  };
  const shipBy = new Date(now.getTime() + 7 * 86_400_000);
  const later = { shipBy, createdAt: now };
  const each = <T>(count: number, make: (no: number) => T) => Array.from({ length: count }, (_, no) => make(no));
  return {
    sellers: [
      ...ids.map((id) => sellerRow(id, { generalAddressId: generalAddress(id), commandNo: 1 })),
      ...each(guests, (no) => sellerRow(guestId(no))),
    ],
    addresses: ids.map((id) => ({ id: generalAddress(id), sellerId: id, address, createdAt: now })),
    templates: ids.flatMap((id) => each(templatesEach, (no) => template(id, no))),
    skus: ids.flatMap((id) =>
      each(skusEach, (no) => skuRow(id, skuCode(id, no), templateId(id, no % templatesEach), { exportData })),
    ),
    orders: ids.flatMap((id) => [
      ...each(ordersEach.label, (no) => orderRow(id, orderId(id, 'label', no), { ...ordered(id), ...later })),
      ...each(ordersEach.hold, (no) =>
        orderRow(id, orderId(id, 'hold', no), { ...later, destination: (no % 2 ? 'JP' : 'BR') as CountryCode }),
      ),
      ...each(ordersEach.domestic, (no) =>
        orderRow(id, orderId(id, 'domestic', no), {
          ...later,
          isGlobalExpress: false,
          destination: 'US' as CountryCode,
        }),
      ),
    ]),
  };
}

function ordered(seller: SellerId): Pick<OrderRow, 'shipTo' | 'lines'> {
  const [line] = orderRow(seller, 'any').lines;
  return { shipTo: buyer, lines: [{ ...line!, sku: skuCode(seller, 0) as never }] };
}
