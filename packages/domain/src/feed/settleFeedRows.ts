import type { CommandNo } from '../identity/ids.ts';
import type { MovableSku } from '../sku/sku.ts';
import type { FeedRowOutcome } from './feed.ts';
import { decideFeedRow, type FeedRowDecision } from './feedRow.ts';
import { isSuperseded, type StagedRow } from './supersededRows.ts';
import type { TemplateIndex } from './templateIndex.ts';

/** What rows of a feed are settled by. */
export interface FeedFacts<S extends MovableSku> {
  /** By code; one that is not there is not the seller's. */
  readonly skus: ReadonlyMap<string, S>;
  /** The last row that speaks of a SKU, for SKUs that several rows of the whole file speak of. */
  readonly lastRows: ReadonlyMap<string, number>;
  readonly index: TemplateIndex;
  readonly commandNo: CommandNo;
}

export interface SettledRows<S extends MovableSku> {
  /** Of each row, in the order given. */
  readonly decisions: readonly FeedRowDecision<S>[];
  /** SKUs that are to be saved, as the rows leave them. */
  readonly saved: readonly S[];
  /** Codes of those that are to be deleted. */
  readonly deleted: readonly string[];
}

/**
 * Settles rows of a feed, some or all, that stand in the order of the file as far as they speak of the same SKU: each sees what
 * those before it made of its SKU (R15, R16). What was rejected on reading stays so, and an earlier one of several is superseded.
 */
export function settleFeedRows<S extends MovableSku>(
  rows: readonly StagedRow[],
  { skus, lastRows, index, commandNo }: FeedFacts<S>,
): SettledRows<S> {
  const changed = new Map<string, S | null>();
  const decisions = rows.map((row) => {
    if (row.outcome !== null) return asRead(row.outcome);
    if (isSuperseded(row, lastRows.get(row.sku))) return asRead('superseded');
    const now = changed.get(row.sku);
    const decision = decideFeedRow(row, now === undefined ? (skus.get(row.sku) ?? null) : now, index, commandNo);
    if (decision.effect.kind === 'save') changed.set(row.sku, decision.effect.sku);
    else if (decision.effect.kind === 'delete') changed.set(row.sku, null);
    return decision;
  });
  return {
    decisions,
    saved: [...changed.values()].filter((sku) => sku !== null),
    deleted: [...changed].filter(([, sku]) => sku === null).map(([code]) => code),
  };
}

/** A row that nothing is decided about any more. */
const asRead = (outcome: FeedRowOutcome): FeedRowDecision<never> => ({
  outcome,
  templateId: null,
  formerTemplateId: null,
  problems: [],
  effect: { kind: 'none' },
});
