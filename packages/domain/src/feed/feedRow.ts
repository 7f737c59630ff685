import type { CommandNo, TemplateId } from '../identity/ids.ts';
import type { Refusal } from '../refusal/refusal.ts';
import { writtenParam } from '../refusal/writtenParam.ts';
import { assignSku } from '../sku/assignSku.ts';
import { isExportable } from '../sku/exportability.ts';
import type { MovableSku, Sku } from '../sku/sku.ts';
import { skuRefusals } from '../sku/skuRefusals.ts';
import type { FeedProblem, FeedRow, FeedRowOutcome } from './feed.ts';
import { type IndexedTemplate, resolveTemplateName, type TemplateIndex } from './templateIndex.ts';

/** What deciding about a row needs of it. `deletes`: the row takes the offer off sale (Inventory Loader `d`, `x`; XML `Delete`). */
export interface AssignmentRow extends Pick<FeedRow, 'sku' | 'templateName'> {
  readonly deletes: boolean;
}

/** What is to be written: the SKU as it becomes, or its deletion. */
export type SkuEffect<S extends MovableSku = Sku> =
  | { readonly kind: 'none' }
  | { readonly kind: 'save'; readonly sku: S }
  | { readonly kind: 'delete'; readonly sku: S };

export interface FeedRowDecision<S extends MovableSku = Sku> {
  readonly outcome: FeedRowOutcome;
  /** What the name resolved to, and where the SKU was before. */
  readonly templateId: TemplateId | null;
  readonly formerTemplateId: TemplateId | null;
  readonly problems: readonly FeedProblem[];
  readonly effect: SkuEffect<S>;
}

const noProblems: readonly FeedProblem[] = [];
const NONE: SkuEffect<never> = { kind: 'none' };

/** A refusal as a row keeps it: the code and what its texts need. */
export const toFeedProblem = ({ code, severity, params }: Refusal): FeedProblem => ({ code, severity, params });

/**
 * One row of an assignment feed (R15, R16): every template may be assigned, an empty name leaves the SKU where it is. A row
 * that takes the SKU out of export says so.
 * `sku` is null when the seller has no such SKU; pass it on with the effect applied, so that later rows see it.
 */
export function decideFeedRow<S extends MovableSku>(
  row: AssignmentRow,
  sku: S | null,
  index: TemplateIndex,
  commandNo: CommandNo,
): FeedRowDecision<S> {
  if (!sku) return rejectedRow([skuRefusals.refusal('sku.unknown', '/sku', { sku: writtenParam(row.sku, 40) })], null);
  if (commandNo < sku.templateCommandNo) return ended('superseded', sku);
  if (row.deletes) return { ...ended('applied', sku), effect: { kind: 'delete', sku } };
  if (row.templateName === null) return ended('unchanged', sku);
  const target = resolveTemplateName(row.templateName, index, '/templateName');
  if (!target.ok) return rejectedRow(target.refusals, sku);
  return movedRow(sku, target.value, index, commandNo, target.warnings);
}

/** The row that puts a SKU on this template; where it leaves export by that, it says so. */
export function movedRow<S extends MovableSku>(
  sku: S,
  target: IndexedTemplate,
  index: TemplateIndex,
  commandNo: CommandNo,
  warnings: readonly Refusal[] = [],
): FeedRowDecision<S> {
  const move = assignSku(sku, target, commandNo);
  const former = index.byId.get(sku.templateId);
  const leaves = move.outcome === 'applied' && former && leavesExport(sku, former, target);
  const said = leaves ? [...warnings, leftExport(target)] : warnings;
  return {
    outcome: move.outcome,
    templateId: target.id,
    formerTemplateId: sku.templateId,
    problems: said.length > 0 ? said.map(toFeedProblem) : noProblems,
    effect: move.write ? { kind: 'save', sku: move.sku } : NONE,
  };
}

const leavesExport = (sku: MovableSku, former: IndexedTemplate, target: IndexedTemplate): boolean =>
  isExportable(sku, former) && !isExportable(sku, target);

const leftExport = ({ name, geState }: IndexedTemplate): Refusal =>
  skuRefusals.warning('sku.left_export', '/templateName', { name: writtenParam(name), geState });

const ended = (outcome: FeedRowDecision['outcome'], sku: MovableSku | null): FeedRowDecision<never> => ({
  outcome,
  templateId: null,
  formerTemplateId: sku?.templateId ?? null,
  problems: noProblems,
  effect: NONE,
});

/** The row that a rule refuses. */
export const rejectedRow = (refusals: readonly Refusal[], sku: MovableSku | null): FeedRowDecision<never> => ({
  ...ended('rejected', sku),
  problems: refusals.map(toFeedProblem),
});
