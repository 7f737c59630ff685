import type { FeedRowRow, OutcomeColumns, PlacedSku, Placement, StagedColumns } from '@ge/database';
import {
  type FeedCounts,
  type FeedFacts,
  type FeedId,
  type FeedRowDecision,
  type FeedRowOutcome,
  type SkuCode,
  settleFeedRows,
  tallyOutcomes,
} from '@ge/domain';
import { type OpenRow, openRows } from './stagedRows.ts';

/** Rows with their outcomes, as they are written. */
export interface WrittenOutcomes {
  readonly plain: OutcomeColumns;
  /** Rows with findings or details. */
  readonly withMore: readonly FeedRowRow[];
  readonly counts: FeedCounts;
}

/** What is to be written of a slice. */
export interface SettledSlice extends WrittenOutcomes {
  readonly placement: Placement;
  readonly removed: readonly SkuCode[];
}

/** Opens blocks, has their rows settled, and puts what came of them together as it is written. */
export function settleSlice(
  feedId: FeedId,
  blocks: readonly StagedColumns[],
  facts: FeedFacts<PlacedSku>,
): SettledSlice {
  const rows = openRows(blocks);
  const { decisions, saved, deleted } = settleFeedRows(rows, facts);
  return {
    ...writtenOutcomes(feedId, rows, decisions),
    placement: placementOf(saved),
    removed: deleted as readonly SkuCode[],
  };
}

/** Where SKUs go, as it is written. */
export const placementOf = (saved: readonly PlacedSku[]): Placement => ({
  places: saved.map(({ at }) => at),
  templateIds: saved.map(({ templateId }) => templateId),
});

/** What is to be written of rows and what was decided about each: most by columns. */
export function writtenOutcomes(
  feedId: FeedId,
  rows: readonly Omit<OpenRow, 'outcome' | 'deletes'>[],
  decisions: readonly Omit<FeedRowDecision<PlacedSku>, 'effect'>[],
): WrittenOutcomes {
  const plain: OutcomeColumns = {
    recordNos: [],
    skus: [],
    templateNames: [],
    outcomes: [],
    templateIds: [],
    formerTemplateIds: [],
  };
  const withMore: FeedRowRow[] = [];
  const tallies = new Map<FeedRowOutcome, number>();
  for (let place = 0; place < rows.length; place += 1) {
    const { recordNo, sku, templateName, detail, problems } = rows[place]!;
    const decided = decisions[place]!;
    const { outcome, templateId, formerTemplateId } = decided;
    tallies.set(outcome, (tallies.get(outcome) ?? 0) + 1);
    if (detail === null && problems.length === 0 && decided.problems.length === 0) {
      plain.recordNos.push(recordNo);
      plain.skus.push(sku);
      plain.templateNames.push(templateName);
      plain.outcomes.push(outcome);
      plain.templateIds.push(templateId);
      plain.formerTemplateIds.push(formerTemplateId);
    } else
      withMore.push({
        ...{ feedId, recordNo, sku, templateName, detail, outcome, templateId, formerTemplateId },
        problems: [...problems, ...decided.problems],
      });
  }
  return {
    plain,
    withMore,
    counts: tallyOutcomes([...tallies].map(([outcome, count]) => ({ outcome, count }))),
  };
}
