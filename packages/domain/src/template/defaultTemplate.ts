import { accept, type Decision, type Refusal, refuse } from '../refusal/refusal.ts';
import type { ShippingTemplate } from './shippingTemplate.ts';
import { templateRefusals } from './templateRefusals.ts';

/**
 * Makes a template the default. Gives the snapshots that change, the former default first so that at no moment two are
 * written. SKUs stay where they are; only new ones without a template follow.
 */
export function makeDefault(
  template: ShippingTemplate,
  formerDefault: ShippingTemplate | null,
): readonly ShippingTemplate[] {
  if (template.isDefault) return [];
  const next = { ...template, isDefault: true, version: template.version + 1 };
  if (!formerDefault) return [next];
  return [{ ...formerDefault, isDefault: false, version: formerDefault.version + 1 }, next];
}

/** Judges a deletion: the default template stays, and so does one with SKUs, as a SKU always has a template (R16). */
export function deleteTemplate(template: ShippingTemplate, skuCount: number): Decision<ShippingTemplate> {
  const refusals: Refusal[] = [];
  if (template.isDefault) refusals.push(templateRefusals.refusal('template.default_kept', ''));
  if (skuCount > 0) refusals.push(templateRefusals.refusal('template.has_skus', '', { count: skuCount }));
  return refusals.length > 0 ? refuse(...refusals) : accept(template);
}
