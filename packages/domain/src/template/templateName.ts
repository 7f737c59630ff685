import type { TemplateId } from '../identity/ids.ts';
import type { Refusal } from '../refusal/refusal.ts';
import type { ShippingTemplate, TemplateAlias } from './shippingTemplate.ts';
import { templateRefusals } from './templateRefusals.ts';

export const TEMPLATE_NAME_LIMIT = 100;

/** The seller's names so far: of the templates, and former ones that feeds may still use (R15). */
export interface ExistingNames {
  readonly templates: readonly Pick<ShippingTemplate, 'id' | 'name'>[];
  readonly aliases: readonly TemplateAlias[];
}

const isSound = (name: string): boolean =>
  name.length > 0 && name.length <= TEMPLATE_NAME_LIMIT && name === name.trim() && !/\p{Cc}/u.test(name);

/**
 * Judges a name for one template. Feeds match names exactly (R15), so no two templates share one, and a former name of
 * another template is not free either: its feeds would silently move SKUs elsewhere. One's own former name may come back.
 */
export function nameRefusals(name: string, owner: TemplateId, existing: ExistingNames): readonly Refusal[] {
  if (!isSound(name)) {
    return [templateRefusals.refusal('template.name_invalid', '/name', { limit: TEMPLATE_NAME_LIMIT })];
  }
  const isTaken =
    existing.templates.some((template) => template.name === name && template.id !== owner) ||
    existing.aliases.some((alias) => alias.name === name && alias.templateId !== owner);
  return isTaken ? [templateRefusals.refusal('template.name_taken', '/name')] : [];
}
