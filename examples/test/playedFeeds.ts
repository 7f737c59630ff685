import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import {
  countOutcomes,
  decideFeedRow,
  type FeedRowOutcome,
  isExportable,
  type SkuCode,
  supersedeEarlierRows,
} from '@ge/domain';
import { type FeedRecord, readFeed } from '@ge/feeds';
import { tally } from '../generate/expected/tally.ts';
import { type Account, codesOf, folder, indexOf, nextCommandNo } from './inMemory.ts';
import type { FeedFile } from './storyFile.ts';

/** SKUs of the seller that are sold abroad from where they stand. */
export function exportable(account: Account): number {
  const index = indexOf(account);
  return [...account.skus.values()].filter((sku) => isExportable(sku, index.byId.get(sku.templateId)!)).length;
}

/** The rows of a file as they are read, without what is said of the file as a whole. */
export async function recordsOf({ file, type }: FeedFile): Promise<FeedRecord[]> {
  const records: FeedRecord[] = [];
  for await (const batch of readFeed(createReadStream(join(folder, file)), type)) records.push(...batch);
  return records.filter(({ kind }) => kind !== 'file');
}

/** Applies the rows of an assignment feed as the rules decide them, and tells what became of which. */
export async function applyFeed(account: Account, file: FeedFile, wanted: readonly { recordNo: number }[]) {
  const commandNo = nextCommandNo(account);
  const staged = (await recordsOf(file)).map((record) => ({
    recordNo: record.recordNo,
    sku: record.sku,
    templateName: record.kind === 'assignment' ? record.templateName : null,
    deletes: record.kind === 'deletion',
    outcome: (record.kind === 'rejected' ? 'rejected' : null) as FeedRowOutcome | null,
    problems: record.problems,
  }));
  const index = indexOf(account);
  const before = exportable(account);
  const rows = supersedeEarlierRows(staged).map((row) => {
    if (row.outcome) return { ...row, outcome: row.outcome };
    const decision = decideFeedRow(row, account.skus.get(row.sku as SkuCode) ?? null, index, commandNo);
    if (decision.effect.kind === 'save') account.skus.set(decision.effect.sku.sku, decision.effect.sku);
    if (decision.effect.kind === 'delete') account.skus.delete(decision.effect.sku.sku);
    return { ...row, outcome: decision.outcome, problems: [...row.problems, ...decision.problems] };
  });
  const tallied = (severity: string) =>
    tally(rows.flatMap((row) => codesOf(row.problems.filter((problem) => problem.severity === severity))));
  const byNo = new Map(rows.map((row) => [row.recordNo, row]));
  return {
    counts: countOutcomes(rows.map(({ outcome }) => outcome)),
    rejectedByCode: tallied('error'),
    warningsByCode: tallied('warning'),
    exportableSkus: { before, after: exportable(account) },
    samples: wanted.map(({ recordNo }) => {
      const row = byNo.get(recordNo);
      // Whether a SKU leaves export depends on where it stood, not on the kind of its row; those rows are counted above.
      const codes = codesOf(row?.problems ?? []).filter((code) => code !== 'sku.left_export');
      return { recordNo, outcome: row?.outcome, code: codes[0] ?? null };
    }),
  };
}
