import type { Sku, SkuCode, TemplateId } from '../../src/index.ts';
import { product } from '../eligibility/products.ts';
import { sellerId } from './aSeller.ts';

/** An eligible T-shirt on `tpl_one` that no command has moved yet. */
export const aSku = (code = 'SHIRT-1', change: Partial<Sku> = {}): Sku => ({
  sellerId,
  sku: code as SkuCode,
  templateId: 'tpl_one' as TemplateId,
  templateCommandNo: 0,
  title: 'A T-shirt',
  exportData: product(),
  verdict: 'eligible',
  verdictRule: null,
  ...change,
});

export const skusByCode = (...skus: readonly Sku[]): ReadonlyMap<SkuCode, Sku> =>
  new Map(skus.map((sku) => [sku.sku, sku]));
