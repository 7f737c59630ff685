import type { AddressId, SellerId, ShipmentBooks, SkuCode, TemplateId } from '@ge/domain';
import { SellerAddressEntity, SellerEntity, ShippingTemplateEntity, SkuEntity } from '../entities/index.ts';
import type { Transaction } from '../transaction.ts';
import type { OrderRow } from './orders.ts';
import { activeSuspensions } from './suspensions.ts';

/** Everything beside labels that shipments of these orders are judged by; each table is read once, however many orders there are. */
export async function readShipmentBooks(
  tx: Transaction,
  orders: readonly Pick<OrderRow, 'sellerId' | 'lines'>[],
): Promise<ShipmentBooks> {
  const lines = orders.flatMap(({ sellerId, lines: all }) =>
    all.filter(({ accepted }) => accepted).map((line) => ({ ...line, sellerId })),
  );
  const suspensions = await activeSuspensions(tx);
  const sellers = await tx.find(SellerEntity, [...new Set(orders.map(({ sellerId }) => sellerId))]);
  const named = new Map(lines.map(({ sellerId, sku }) => [`${sellerId} ${sku}`, [sellerId, sku] as const]));
  const skus = await tx.find(SkuEntity, [...named.values()], ['sellerId', 'sku', 'title', 'exportData']);
  const templateIds = new Set(lines.flatMap(({ templateId }) => templateId ?? []));
  const templates = await tx.find(ShippingTemplateEntity, [...templateIds] as TemplateId[], ['id', 'shipFrom']);
  const addressIds = new Set<AddressId>([
    ...templates.flatMap(({ shipFrom }) => shipFrom.slice(0, 1)),
    ...sellers.flatMap(({ generalAddressId }) => generalAddressId ?? []),
  ]);
  const addresses = await tx.find(SellerAddressEntity, [...addressIds]);
  const skusOf = new Map<SellerId, Map<SkuCode, (typeof skus)[number]>>(sellers.map(({ id }) => [id, new Map()]));
  for (const row of skus) skusOf.get(row.sellerId)?.set(row.sku, row);
  return {
    suspensions,
    sellers: new Map(sellers.map((row) => [row.id, row])),
    skus: skusOf,
    templates: new Map(templates.map((row) => [row.id, row])),
    addresses: new Map(addresses.map((row) => [row.id, row])),
  };
}
