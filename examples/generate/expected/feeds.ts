import { type AssignmentRow, movingKinds, type RowKind, rowKinds, templatesAfter } from '../plan/assignmentRows.ts';
import type { World } from '../plan/buildWorld.ts';
import type { FeedPlan } from '../plan/feeds.ts';
import { becomesEnabled } from '../plan/world.ts';
import { exportableSkus } from './beforeTrading.ts';
import { tally } from './tally.ts';

/** Where one row of each kind stands in the file, gathered while it is written. */
export class RowSamples {
  readonly #samples = new Map<RowKind, { readonly recordNo: number; readonly sku: string }>();

  note(row: AssignmentRow, recordNo: number, sku: string): void {
    if (!this.#samples.has(row.kind)) this.#samples.set(row.kind, { recordNo, sku });
  }

  /** Of every kind of row, in the order of the kinds. */
  list() {
    return (Object.keys(rowKinds) as RowKind[]).flatMap((kind) => {
      const at = this.#samples.get(kind);
      return at ? [{ kind, ...at, outcome: rowKinds[kind].outcome, code: rowKinds[kind].code }] : [];
    });
  }
}

/** Rows that take a SKU from a template with GE, where it was sold abroad, to one without. */
function leavingExport({ seller, rows }: FeedPlan): number {
  const enabled = seller.templates.map((template) => becomesEnabled(seller, template));
  return rows.filter(({ kind, sku, target }) => {
    if (!movingKinds.has(kind)) return false;
    const { verdict, template } = seller.skus[sku]!;
    return verdict === 'eligible' && enabled[template] && !enabled[target];
  }).length;
}

const rejectedCodes = (rows: readonly AssignmentRow[]): readonly string[] =>
  rows.flatMap(({ kind }) => {
    const { outcome, code } = rowKinds[kind];
    return outcome === 'rejected' && code !== null ? [code] : [];
  });

export function feed(plan: FeedPlan, samples: RowSamples) {
  const { seller, rows } = plan;
  const outcomes = tally(rows.map(({ kind }) => rowKinds[kind].outcome));
  const kinds = tally(rows.map(({ kind }) => kind));
  const after = templatesAfter(seller, rows);
  return {
    sellerId: seller.id,
    state: 'DONE',
    counts: {
      processed: rows.length,
      applied: outcomes.applied ?? 0,
      unchanged: outcomes.unchanged ?? 0,
      superseded: outcomes.superseded ?? 0,
      rejected: outcomes.rejected ?? 0,
      notAttempted: 0,
    },
    rejectedByCode: tally(rejectedCodes(rows)),
    warningsByCode: { 'sku.left_export': leavingExport(plan), 'template.name_former': kinds.former_name ?? 0 },
    rowsByKind: kinds,
    skusMoved: (kinds.move ?? 0) + (kinds.move_to_template_without_ge ?? 0) + (kinds.former_name ?? 0),
    skusDeleted: (kinds.delete_offer ?? 0) + (kinds.delete_product ?? 0),
    exportableSkus: {
      before: exportableSkus(seller),
      after: exportableSkus(seller, (index) => after[index]!),
    },
    samples: samples.list(),
  };
}

export function pageAssignment({ page }: World) {
  const { seller, items, templatesAfter: after, tooMany } = page;
  const outcomes = tally(items.map(({ outcome }) => outcome));
  return {
    sellerId: seller.id,
    items: items.length,
    applied: outcomes.applied ?? 0,
    unchanged: outcomes.unchanged ?? 0,
    superseded: outcomes.superseded ?? 0,
    rejected: outcomes.rejected ?? 0,
    rejectedByCode: tally(items.flatMap(({ codes }) => codes)),
    results: items.map(({ outcome }) => outcome),
    exportableSkus: {
      before: exportableSkus(seller),
      after: exportableSkus(seller, (index) => after[index]!),
    },
    oneTooMany: { items: tooMany.length, refusedWith: 'edit.limit_exceeded' },
  };
}
