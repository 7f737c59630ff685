import { type IndexedTemplate, resolveTemplateName, type TemplateIndex } from '../feed/templateIndex.ts';
import type { CommandNo, SkuCode, TemplateId } from '../identity/ids.ts';
import { accept, type Decision, type Refusal, refuse } from '../refusal/refusal.ts';
import { writtenParam } from '../refusal/writtenParam.ts';
import { assignSku } from './assignSku.ts';
import { type Exportability, exportabilityOf } from './exportability.ts';
import type { Sku } from './sku.ts';
import { skuRefusals } from './skuRefusals.ts';

/** Changes the inventory page takes at a time, as sent: duplicates count (R14). */
export const EDIT_LIMIT = 50;

/** One change as asked for: a SKU and the id or the name of the template it goes to. */
export interface AssignmentItem {
  readonly sku: string;
  readonly template: { readonly id: string } | { readonly name: string };
}

/** What became of one item, in the order of the items. */
export interface AssignmentResult {
  readonly sku: string;
  readonly outcome: 'applied' | 'unchanged' | 'superseded' | 'rejected';
  readonly templateId: TemplateId | null;
  readonly formerTemplateId: TemplateId | null;
  /** Where the SKU stands after the item; null when it was rejected or superseded. */
  readonly exportability: Exportability | null;
  /** Why it was rejected, or warnings. */
  readonly problems: readonly Refusal[];
}

export interface DirectChange {
  readonly results: readonly AssignmentResult[];
  /** The SKUs to be saved, each once. */
  readonly changed: readonly Sku[];
}

/** To be asked before the change is accepted: 1 to 50 items as sent, before duplicates are removed. */
export function checkEditLimit<T>(items: readonly T[], field = '/items'): Decision<readonly T[]> {
  if (items.length === 0) return refuse(skuRefusals.refusal('edit.empty', field));
  if (items.length > EDIT_LIMIT) {
    return refuse(skuRefusals.refusal('edit.limit_exceeded', field, { count: items.length, limit: EDIT_LIMIT }));
  }
  return accept(items);
}

/**
 * Applies a direct change; one bad item does not stop the others. Of several items for one SKU the last wins,
 * the earlier ones end `superseded`. `skus` holds those of the seller's SKUs that are named.
 */
export function applyDirectChange(
  items: readonly AssignmentItem[],
  skus: ReadonlyMap<string, Sku>,
  index: TemplateIndex,
  commandNo: CommandNo,
): Decision<DirectChange> {
  const size = checkEditLimit(items);
  if (!size.ok) return size;
  const lastOf = new Map(items.map((item, i) => [item.sku, i]));
  const changed: Sku[] = [];
  const results = items.map((item, i): AssignmentResult => {
    if (lastOf.get(item.sku) !== i) return ended(item, 'superseded');
    const sku = skus.get(item.sku);
    const target = findTarget(item, index, `/items/${i}/template`);
    const problems = target.ok ? [...target.warnings] : [...target.refusals];
    if (!sku) problems.push(skuRefusals.refusal('sku.unknown', `/items/${i}/sku`, { sku: writtenParam(item.sku, 40) }));
    if (!sku || !target.ok) return ended(item, 'rejected', problems);
    const move = assignSku(sku, target.value, commandNo);
    if (move.write) changed.push(move.sku);
    if (move.outcome === 'superseded') return ended(item, 'superseded', problems);
    return {
      sku: item.sku,
      outcome: move.outcome,
      templateId: target.value.id,
      formerTemplateId: sku.templateId,
      exportability: exportabilityOf(move.sku, target.value),
      problems,
    };
  });
  return accept({ results, changed });
}

function findTarget(item: AssignmentItem, index: TemplateIndex, field: string): Decision<IndexedTemplate> {
  if ('name' in item.template) return resolveTemplateName(item.template.name, index, `${field}/name`);
  const { id } = item.template;
  const template = index.byId.get(id as TemplateId);
  if (template) return accept(template);
  return refuse(skuRefusals.refusal('sku.template_unknown', `${field}/id`, { templateId: writtenParam(id) }));
}

const ended = (
  item: AssignmentItem,
  outcome: 'superseded' | 'rejected',
  problems: readonly Refusal[] = [],
): AssignmentResult => ({
  sku: item.sku,
  outcome,
  templateId: null,
  formerTemplateId: null,
  exportability: null,
  problems,
});

/** The SKU codes a change names, each once and sorted: what to load and lock. */
export const namedSkus = (items: readonly Pick<AssignmentItem, 'sku'>[]): readonly SkuCode[] =>
  [...new Set(items.map((item) => item.sku))].sort() as SkuCode[];
