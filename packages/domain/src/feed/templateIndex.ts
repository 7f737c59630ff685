import type { TemplateId } from '../identity/ids.ts';
import { accept, type Decision, refuse } from '../refusal/refusal.ts';
import { writtenParam } from '../refusal/writtenParam.ts';
import type { ShippingTemplate, TemplateAlias } from '../template/shippingTemplate.ts';
import { feedRefusals } from './feedRefusals.ts';
import { nearestNames } from './nearestNames.ts';

/** What deciding about an assignment needs to know of a template. */
export interface IndexedTemplate extends Pick<ShippingTemplate, 'id' | 'name' | 'geState' | 'isDefault'> {
  /** A command accepted before is about to enable GE in it (`awaitsGlobalExpress`); asked where SKUs are to leave export. */
  readonly enabling?: boolean | undefined;
}

/** One seller's templates, found by id, name and former name. */
export interface TemplateIndex {
  readonly byId: ReadonlyMap<TemplateId, IndexedTemplate>;
  readonly byName: ReadonlyMap<string, IndexedTemplate>;
  readonly byFormerName: ReadonlyMap<string, IndexedTemplate>;
  readonly default: IndexedTemplate | null;
  /** Sorted. */
  readonly names: readonly string[];
}

/**
 * Built once per slice. A former name never hides a present one, and one of a template that is gone is left out. Where templates
 * may be called by their ids as well, an id comes before every name.
 */
export function indexTemplates(
  templates: readonly IndexedTemplate[],
  aliases: readonly Pick<TemplateAlias, 'name' | 'templateId'>[] = [],
  callsById = false,
): TemplateIndex {
  const byId = new Map(templates.map((template) => [template.id, template]));
  const byName = new Map(templates.map((template) => [template.name, template]));
  const byFormerName = new Map<string, IndexedTemplate>();
  for (const { name, templateId } of aliases) {
    const template = byId.get(templateId);
    if (template && !byName.has(name)) byFormerName.set(name, template);
  }
  const fallback = templates.find((template) => template.isDefault) ?? null;
  const names = [...byName.keys()].sort();
  if (callsById) for (const template of templates) byName.set(template.id, template);
  return { byId, byName, byFormerName, default: fallback, names };
}

/** Exact name first, then a former name with a warning, else an error that lists what may have been meant (R15). */
export function resolveTemplateName(name: string, index: TemplateIndex, field = ''): Decision<IndexedTemplate> {
  const exact = index.byName.get(name);
  if (exact) return accept(exact);
  const former = index.byFormerName.get(name);
  if (former) {
    const params = { name: writtenParam(name), current: writtenParam(former.name) };
    return accept(former, [feedRefusals.warning('template.name_former', field, params)]);
  }
  const near = nearestNames(name, index.names);
  if (near.length === 0)
    return refuse(feedRefusals.refusal('template.name_unknown', field, { name: writtenParam(name) }));
  const suggestions = near.map((candidate) => `“${writtenParam(candidate)}”`).join(', ');
  return refuse(feedRefusals.refusal('template.name_near', field, { name: writtenParam(name), suggestions }));
}
