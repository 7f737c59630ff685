import type { FeedRowRow, OutcomeColumns, PlacedSku, Placement, StagedColumns } from '@ge/database';
import {
  type FeedCounts,
  type FeedFacts,
  type FeedId,
  type FeedRowOutcome,
  type SkuCode,
  settleFeedRows,
  tallyOutcomes,
} from '@ge/domain';
import { openRows } from './stagedRows.ts';

/** What is to be written of a slice. */
export interface SettledSlice {
  readonly plain: OutcomeColumns;
  /** Rows with findings or details. */
  readonly withMore: readonly FeedRowRow[];
  readonly counts: FeedCounts;
  readonly placement: Placement;
  readonly removed: readonly SkuCode[];
}

/** Opens blocks, has their rows settled, and puts what came of them together as it is written: most by columns. */
export function settleSlice(
  feedId: FeedId,
  blocks: readonly StagedColumns[],
  facts: FeedFacts<PlacedSku>,
): SettledSlice {
  const rows = openRows(blocks);
  const { decisions, saved, deleted } = settleFeedRows(rows, facts);
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
    placement: { places: saved.map(({ at }) => at), templateIds: saved.map(({ templateId }) => templateId) },
    removed: deleted as readonly SkuCode[],
  };
}
