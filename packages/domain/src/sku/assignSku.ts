import type { IndexedTemplate } from '../feed/templateIndex.ts';
import type { CommandNo } from '../identity/ids.ts';
import type { MovableSku, Sku } from './sku.ts';

/** What a command made of one SKU. `sku` is to be saved even when `unchanged`: it carries the newer command number. */
export interface SkuMove<S extends MovableSku = Sku> {
  readonly outcome: 'applied' | 'unchanged' | 'superseded';
  readonly sku: S;
  /** Whether the row differs from what was loaded. */
  readonly write: boolean;
}

/**
 * Puts a SKU on a template. The last accepted command wins: a lower number than the SKU's own is `superseded`.
 * `unchanged` still records its number, so that an older command arriving later cannot undo it.
 */
export function assignSku<S extends MovableSku>(sku: S, template: IndexedTemplate, commandNo: CommandNo): SkuMove<S> {
  if (commandNo < sku.templateCommandNo) return { outcome: 'superseded', sku, write: false };
  const moved: S = { ...sku, templateId: template.id, templateCommandNo: commandNo };
  const outcome = sku.templateId === template.id ? 'unchanged' : 'applied';
  return { outcome, sku: moved, write: outcome === 'applied' || commandNo !== sku.templateCommandNo };
}
