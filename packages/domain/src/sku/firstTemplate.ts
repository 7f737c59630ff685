import { type IndexedTemplate, resolveTemplateName, type TemplateIndex } from '../feed/templateIndex.ts';
import type { TemplateId } from '../identity/ids.ts';
import { accept, type Decision, refuse } from '../refusal/refusal.ts';
import { writtenParam } from '../refusal/writtenParam.ts';
import type { AssignmentItem } from './directChange.ts';
import { skuRefusals } from './skuRefusals.ts';

/** Where a new SKU begins: on the named template, else on the default one, for it always has one (R16). */
export function firstTemplate(
  named: AssignmentItem['template'] | null,
  index: TemplateIndex,
  field = '/template',
): Decision<IndexedTemplate> {
  if (named && 'name' in named) return resolveTemplateName(named.name, index, field);
  const template = named ? index.byId.get(named.id as TemplateId) : index.default;
  if (template) return accept(template);
  if (!named) return refuse(skuRefusals.refusal('sku.without_template', field));
  return refuse(skuRefusals.refusal('sku.template_unknown', field, { templateId: writtenParam(named.id) }));
}
