import type { FeedBlockRow, StagedColumns } from '@ge/database';
import { type FeedId, type FeedProblem, type FeedRow, type SkuCode, type StagedRow, speaks } from '@ge/domain';
import type { FeedRecord } from '@ge/feeds';
import { rangeOf } from './skuRanges.ts';

/**
 * Puts records together as they wait for their outcome, those of one range of SKUs at most `size` in each block. Record 0, the
 * file as a whole, is none of them.
 */
export function blocksOf(
  feedId: FeedId,
  records: readonly FeedRecord[],
  size: number,
  ranges: readonly string[],
): FeedBlockRow[] {
  const byRange = Map.groupBy(
    records.filter(({ recordNo }) => recordNo > 0),
    ({ sku }) => rangeOf(sku, ranges),
  );
  return [...byRange].flatMap(([rangeNo, rows]) =>
    Array.from({ length: Math.ceil(rows.length / size) }, (_, no) => {
      const part = rows.slice(no * size, (no + 1) * size);
      return {
        feedId,
        rangeNo,
        firstRecordNo: part[0]!.recordNo,
        lastRecordNo: part.at(-1)!.recordNo,
        rowCount: part.length,
        rows: columnsOf(part),
      };
    }),
  );
}

function columnsOf(records: readonly FeedRecord[]): StagedColumns {
  const placeOf = new Map<string, number>();
  const named: (number | null)[] = [];
  const kinds: (0 | 1 | 2)[] = [];
  const details: Record<string, NonNullable<FeedRow['detail']>> = {};
  const problems: Record<string, readonly FeedProblem[]> = {};
  for (let place = 0; place < records.length; place += 1) {
    const record = records[place]!;
    const templateName = record.kind === 'assignment' ? record.templateName : null;
    if (templateName !== null && !placeOf.has(templateName)) placeOf.set(templateName, placeOf.size);
    named.push(templateName === null ? null : placeOf.get(templateName)!);
    const isRejected = record.kind === 'rejected' || record.kind === 'break';
    const deletes = record.kind === 'deletion';
    kinds.push(isRejected ? 2 : speaks({ templateName, deletes, outcome: null }) ? 1 : 0);
    // Messages are numbered like their places, as a rule.
    const ofMessage = record.messageId !== null && record.messageId !== String(record.recordNo);
    if (deletes || ofMessage)
      details[place] = {
        ...(deletes && { deletes: record.extent }),
        ...(ofMessage && { messageId: record.messageId! }),
      };
    if (record.problems.length > 0) problems[place] = record.problems;
  }
  return {
    recordNos: records.map(({ recordNo }) => recordNo),
    skus: records.map(({ sku }) => sku),
    names: [...placeOf.keys()],
    named,
    kinds,
    details,
    problems,
  };
}

/** The SKUs that something is still to be decided about, each once. */
export const openSkus = (blocks: readonly StagedColumns[]): SkuCode[] => {
  const codes = new Set<string>();
  for (const { skus, kinds } of blocks)
    for (let place = 0; place < skus.length; place += 1) if (kinds[place] !== 2) codes.add(skus[place]!);
  return [...codes] as SkuCode[];
};

/** A staged row as it was put into its block. */
export interface OpenRow extends StagedRow, Pick<FeedRow, 'detail' | 'problems'> {}

/** The rows of blocks, one after the other. */
export function openRows(blocks: readonly StagedColumns[]): OpenRow[] {
  const rows: OpenRow[] = [];
  for (const { recordNos, skus, names, named, kinds, details, problems } of blocks)
    for (let place = 0; place < recordNos.length; place += 1) {
      const name = named[place]!;
      const detail = details[place] ?? null;
      rows.push({
        recordNo: recordNos[place]!,
        sku: skus[place]!,
        templateName: name === null ? null : names[name]!,
        deletes: detail?.deletes !== undefined,
        outcome: kinds[place] === 2 ? 'rejected' : null,
        detail,
        problems: problems[place] ?? noProblems,
      });
    }
  return rows;
}

const noProblems: FeedRow['problems'] = [];
