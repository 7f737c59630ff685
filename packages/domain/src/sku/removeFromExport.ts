import type { IndexedTemplate, TemplateIndex } from '../feed/templateIndex.ts';
import type { CommandNo, TemplateId } from '../identity/ids.ts';
import { accept, type Decision, refuse } from '../refusal/refusal.ts';
import { writtenParam } from '../refusal/writtenParam.ts';
import { type AssignmentItem, applyDirectChange, checkEditLimit, type DirectChange } from './directChange.ts';
import type { Sku } from './sku.ts';
import { skuRefusals } from './skuRefusals.ts';

/** The call that makes a template to move SKUs to; named by the refusals that offer it. */
export const domesticCopyCall = (templateId: TemplateId): string => `POST /v1/templates/${templateId}/domestic-copy`;

/** No place to be safe from export: a template that waits for what it lacks, or one that a command on its way enables. */
const staysOut = ({ geState, enabling }: IndexedTemplate): boolean =>
  (geState === 'off' || geState === 'deactivated') && !enabling;

/** Where removed SKUs go (R16): the named template, else the default one, provided it has no GE. */
export function removalTarget(
  named: AssignmentItem['template'] | null,
  index: TemplateIndex,
  field = '/target',
): Decision<IndexedTemplate> {
  if (named) {
    const template =
      'id' in named
        ? index.byId.get(named.id as TemplateId)
        : (index.byName.get(named.name) ?? index.byFormerName.get(named.name));
    if (!template) {
      const templateId = writtenParam('id' in named ? named.id : named.name);
      return refuse(skuRefusals.refusal('sku.template_unknown', field, { templateId }));
    }
    if (staysOut(template)) return accept(template);
    return refuse(skuRefusals.refusal('removal.target_exports', field, offer(template)));
  }
  if (!index.default) return refuse(skuRefusals.refusal('removal.no_default', field));
  if (staysOut(index.default)) return accept(index.default);
  return refuse(skuRefusals.refusal('removal.needs_target', field, offer(index.default)));
}

const offer = (template: IndexedTemplate) => ({
  name: template.name,
  geState: template.enabling ? 'enabling' : template.geState,
  call: domesticCopyCall(template.id),
});

/**
 * Moves SKUs off GE-enabled templates by the inventory page: the same 50 limit and results as any direct change.
 * A SKU that already stands on a template without GE stays there.
 */
export function removeFromExport(
  codes: readonly string[],
  named: AssignmentItem['template'] | null,
  skus: ReadonlyMap<string, Sku>,
  index: TemplateIndex,
  commandNo: CommandNo,
): Decision<DirectChange> {
  const size = checkEditLimit(codes, '/skus');
  const target = removalTarget(named, index);
  if (!size.ok || !target.ok) {
    return refuse(...(size.ok ? [] : size.refusals), ...(target.ok ? [] : target.refusals));
  }
  const templateFor = (code: string): TemplateId => {
    const current = index.byId.get(skus.get(code)?.templateId ?? target.value.id);
    return current && staysOut(current) ? current.id : target.value.id;
  };
  return applyDirectChange(
    codes.map((sku) => ({ sku, template: { id: templateFor(sku) } })),
    skus,
    index,
    commandNo,
  );
}
