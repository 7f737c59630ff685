import type { FeedRowRow, OutcomeColumns, PlacedSku, Placement, StagedColumns } from '@ge/database';
import {
  type CommandNo,
  decideFeedRow,
  type FeedCounts,
  type FeedId,
  type FeedRow,
  type FeedRowOutcome,
  isSuperseded,
  type SkuCode,
  type TemplateIndex,
  tallyOutcomes,
} from '@ge/domain';

/** What a slice is decided by. */
export interface SliceFacts {
  /** As locked; a SKU that is not there is not the seller's. */
  readonly skus: ReadonlyMap<string, PlacedSku>;
  /** The last row that speaks of a SKU, for SKUs that several rows of the whole file speak of. */
  readonly lastRows: ReadonlyMap<string, number>;
  readonly index: TemplateIndex;
  readonly commandNo: CommandNo;
}

/** What is to be written of a slice. */
export interface SettledSlice {
  readonly plain: OutcomeColumns;
  /** Rows with findings or details. */
  readonly withMore: readonly FeedRowRow[];
  readonly counts: FeedCounts;
  readonly placement: Placement;
  readonly removed: readonly SkuCode[];
}

/**
 * Decides about staged rows in the order of the file; a later row sees what an earlier one made of its SKU. Column by column,
 * since most of a million rows differ in nothing but SKU and template.
 */
export function settleSlice(feedId: FeedId, blocks: readonly StagedColumns[], facts: SliceFacts): SettledSlice {
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
  const changed = new Map<string, PlacedSku | null>();

  for (const { recordNos, skus, names, named, kinds, details, problems } of blocks)
    for (let place = 0; place < recordNos.length; place += 1) {
      const name = named[place]!;
      const detail = details[place] ?? null;
      const open = {
        recordNo: recordNos[place]!,
        sku: skus[place]!,
        templateName: name === null ? null : names[name]!,
        deletes: detail !== null,
        outcome: kinds[place] === 2 ? ('rejected' as const) : null,
      };
      const decided = decide(open, facts, changed);
      const found = problems[place] ?? noProblems;
      tallies.set(decided.outcome, (tallies.get(decided.outcome) ?? 0) + 1);
      if (detail === null && found.length === 0 && decided.problems.length === 0) {
        plain.recordNos.push(open.recordNo);
        plain.skus.push(open.sku);
        plain.templateNames.push(open.templateName);
        plain.outcomes.push(decided.outcome);
        plain.templateIds.push(decided.templateId);
        plain.formerTemplateIds.push(decided.formerTemplateId);
      } else {
        const { recordNo, sku, templateName } = open;
        const { outcome, templateId, formerTemplateId } = decided;
        withMore.push({
          ...{ feedId, recordNo, sku, templateName, detail, outcome, templateId, formerTemplateId },
          problems: [...found, ...decided.problems],
        });
      }
    }
  const moved = [...changed.values()].filter((sku) => sku !== null);
  return {
    plain,
    withMore,
    counts: tallyOutcomes([...tallies].map(([outcome, count]) => ({ outcome, count }))),
    placement: { skus: moved.map(({ sku }) => sku), templateIds: moved.map(({ templateId }) => templateId) },
    removed: [...changed].filter(([, sku]) => sku === null).map(([code]) => code as SkuCode),
  };
}

type Decided = Pick<FeedRowRow, 'templateId' | 'formerTemplateId' | 'problems'> & { readonly outcome: FeedRowOutcome };

/** `changed`: SKUs as earlier rows left them, null where one was deleted; what this row does to its own is added. */
function decide(
  row: Pick<FeedRow, 'recordNo' | 'sku' | 'templateName' | 'outcome'> & { readonly deletes: boolean },
  { skus, lastRows, index, commandNo }: SliceFacts,
  changed: Map<string, PlacedSku | null>,
): Decided {
  if (row.outcome !== null) return asRead(row.outcome);
  if (isSuperseded(row, lastRows.get(row.sku))) return asRead('superseded');
  const now = changed.get(row.sku);
  const decision = decideFeedRow(row, now === undefined ? (skus.get(row.sku) ?? null) : now, index, commandNo);
  if (decision.effect.kind === 'save') changed.set(row.sku, decision.effect.sku);
  else if (decision.effect.kind === 'delete') changed.set(row.sku, null);
  return decision;
}

const noProblems: FeedRow['problems'] = [];

const asRead = (outcome: FeedRowOutcome): Decided => ({
  outcome,
  templateId: null,
  formerTemplateId: null,
  problems: noProblems,
});
