import {
  newestRegionSettings,
  readSuspensions,
  ShippingTemplateEntity,
  SkuEntity,
  type Transaction,
} from '@ge/database';
import type { OrderContext, OrderLineRequest, SellerId } from '@ge/domain';
import { readSeller } from '../sellers/lockSeller.ts';

/** What an order of this seller is decided on at this moment; each table is read once. Throws NotFound without the seller. */
export async function orderContext(
  tx: Transaction,
  sellerId: SellerId,
  lines: readonly Pick<OrderLineRequest, 'sku'>[],
  now: Date,
): Promise<OrderContext> {
  const seller = await readSeller(tx, sellerId);
  const skus = await tx.find(
    SkuEntity,
    [...new Set(lines.map(({ sku }) => sku))].map((sku) => [sellerId, sku] as const),
  );
  const templates = await tx.find(ShippingTemplateEntity, [...new Set(skus.map((row) => row.templateId))]);
  const [setting = null] = await newestRegionSettings(tx, [sellerId]);
  return {
    seller,
    skus: new Map(skus.map((row) => [row.sku, row])),
    templates: new Map(templates.map((row) => [row.id, row])),
    setting,
    suspensions: await readSuspensions(tx),
    now,
  };
}
