import { accept, type Decision, refuse } from '../refusal/refusal.ts';
import type { ShippingTemplate, TemplateAlias } from './shippingTemplate.ts';
import { type ExistingNames, nameRefusals } from './templateName.ts';

export interface RenamedTemplate {
  readonly template: ShippingTemplate;
  /** The former name, to be kept; null when nothing changed. */
  readonly alias: TemplateAlias | null;
  /** A former name that is the current one again, to be removed. */
  readonly retired: TemplateAlias | null;
}

/** Renames a template; the former name stays an alias that feeds may still use (R15). */
export function renameTemplate(
  template: ShippingTemplate,
  name: string,
  existing: ExistingNames,
): Decision<RenamedTemplate> {
  const refusals = nameRefusals(name, template.id, existing);
  if (refusals.length > 0) return refuse(...refusals);
  if (name === template.name) return accept({ template, alias: null, retired: null });
  const { sellerId, id: templateId } = template;
  return accept({
    template: { ...template, name, version: template.version + 1 },
    alias: { sellerId, name: template.name, templateId },
    retired: existing.aliases.find((alias) => alias.name === name && alias.templateId === templateId) ?? null,
  });
}
