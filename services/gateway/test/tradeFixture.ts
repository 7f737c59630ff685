import type { BodyIn, routes } from '@ge/api';
import {
  SellerAddressEntity,
  SellerEntity,
  ShippingTemplateEntity,
  SkuEntity,
  TemplateAliasEntity,
} from '@ge/database';
import type { AddressId, ExportData, SellerId, TemplateId } from '@ge/domain';
import { enabledTemplateRow, sellerRow, skuRow, templateRow } from '@ge/testkit';
import { seattle } from './sellers.ts';
import type { TestGateway } from './startGateway.ts';

export const shirt: ExportData = {
  category: 'apparel',
  hsCode: '6205200000',
  originCountry: 'VN',
  weightGrams: 400,
  value: { minor: 25_99, currency: 'USD' },
};

export const berlin = {
  name: 'Jörg Weiß',
  line1: 'Hauptstraße 5',
  city: 'Berlin',
  postalCode: '10115',
  country: 'DE',
  phone: '+49 30 555010',
};

let made = 0;

export interface Shop {
  readonly sellerId: string;
  readonly home: string;
  readonly world: string;
}

/** A seller with a default template without GE, an enabled one with a former name, and SKUs in both. */
export async function openShop(gateway: TestGateway): Promise<Shop> {
  made += 1;
  const sellerId = `TR-${made}` as SellerId;
  const [home, world, shipFrom] = [`T-home-${made}`, `T-world-${made}`, `adr-${made}`];
  await gateway.database.transaction(async (tx) => {
    await tx.insert(SellerEntity, [sellerRow(sellerId, { generalAddressId: shipFrom as AddressId })]);
    await tx.insert(SellerAddressEntity, [
      { id: shipFrom as AddressId, sellerId, address: { ...seattle, phone: '+1 206 555 0100' }, createdAt: new Date() },
    ]);
    await tx.insert(ShippingTemplateEntity, [
      templateRow(sellerId, home, { name: 'Home', isDefault: true }),
      enabledTemplateRow(sellerId, world, 0, { name: 'World', shipFrom: [shipFrom as AddressId] }),
    ]);
    await tx.insert(TemplateAliasEntity, [
      { sellerId, name: 'Abroad', templateId: world as TemplateId, createdAt: new Date() },
    ]);
    await tx.insert(SkuEntity, [
      skuRow(sellerId, 'SHIRT', world, { exportData: shirt }),
      skuRow(sellerId, 'HOME-SHIRT', home, { exportData: shirt }),
      skuRow(sellerId, 'BARE', world, { verdict: 'incomplete', verdictRule: 'EL-D01' }),
    ]);
  });
  return { sellerId, home, world };
}

let ordered = 0;

const newOrderId = (): string => {
  ordered += 1;
  return `114-${String(ordered).padStart(7, '0')}-7654321`;
};

export const usd = (minor: number) => ({ minor, currency: 'USD' as const });

/** A GE order of two shirts to Berlin; `over` replaces parts of it. */
export const anOrder = (over: Partial<BodyIn<typeof routes.orders.createOrder>> = {}) => ({
  orderId: newOrderId(),
  isGlobalExpress: true,
  destination: 'DE',
  lines: [{ lineId: 'L1', sku: 'SHIRT', quantity: 2, unitPrice: usd(25_99) }],
  handlingDays: 2,
  shipTo: berlin,
  ...over,
});

export const aParcel = (over: object = {}) => ({
  weightGrams: 1_250,
  lengthMm: 300,
  widthMm: 200,
  heightMm: 120,
  contents: [{ lineId: 'L1', quantity: 2 }],
  ...over,
});
