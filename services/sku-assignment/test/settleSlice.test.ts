import type { FeedRowRow, PlacedSku } from '@ge/database';
import { decideFeedRow, type FeedId, indexTemplates, type StagedRow, supersedeEarlierRows } from '@ge/domain';
import type { FeedRecord } from '@ge/feeds';
import { enabledTemplateRow, templateRow } from '@ge/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { settleSlice } from '../settleSlice.ts';
import { blocksOf, openSkus } from '../stagedRows.ts';

const feedId = 'feed_1' as FeedId;
const commandNo = 7;
const index = indexTemplates(
  [
    templateRow('S-1', 'T-home', { name: 'Home', isDefault: true }),
    enabledTemplateRow('S-1', 'T-world', 1, { name: 'World' }),
  ],
  [],
);
const problem = { code: '90118', severity: 'error', params: {} } as const;

const record = fc
  .record({
    sku: fc.constantFrom('A', 'B', 'C', 'NONE'),
    kind: fc.constantFrom('assignment', 'assignment', 'deletion', 'rejected'),
    templateName: fc.constantFrom('Home', 'World', 'Wurld', null),
  })
  .map(({ sku, kind, templateName }) => (recordNo: number): FeedRecord => {
    const common = { recordNo, messageId: null, sku, problems: [] };
    if (kind === 'assignment') return { ...common, kind, templateName, templateId: null };
    if (kind === 'deletion') return { ...common, kind, extent: 'offer' };
    return { ...common, kind: 'rejected', orderId: '', orderItemId: '', problems: [problem] };
  });

const known = () =>
  new Map(
    (['A', 'B', 'C'] as const).map((sku, no): [string, PlacedSku] => [
      sku,
      {
        sku,
        at: `(0,${no})`,
        templateId: 'T-home',
        templateCommandNo: no * 5,
        verdict: 'eligible',
      } as unknown as PlacedSku,
    ]),
  );

/** What the rules say of the rows of a whole file, one after the other. */
function byTheRules(records: readonly FeedRecord[]) {
  const skus = known();
  const staged = records.map((one): StagedRow & { readonly problems: FeedRowRow['problems'] } => ({
    recordNo: one.recordNo,
    sku: one.sku,
    templateName: one.kind === 'assignment' ? one.templateName : null,
    deletes: one.kind === 'deletion',
    outcome: one.kind === 'rejected' ? 'rejected' : null,
    problems: one.problems,
  }));
  const rows = supersedeEarlierRows(staged).map((row) => {
    if (row.outcome !== null) return [row.recordNo, row.outcome, null, null, row.problems];
    const decision = decideFeedRow(row, skus.get(row.sku) ?? null, index, commandNo);
    if (decision.effect.kind === 'save') skus.set(row.sku, decision.effect.sku);
    if (decision.effect.kind === 'delete') skus.delete(row.sku);
    return [row.recordNo, decision.outcome, decision.templateId, decision.formerTemplateId, decision.problems];
  });
  return { rows, skus };
}

/** The last row of each SKU that several speak of, as the database counts them over the blocks of a whole file. */
function lastRowsIn(records: readonly FeedRecord[]): Map<string, number> {
  const spoken = new Map<string, number[]>();
  for (const { rows } of blocksOf(feedId, records, 3, []))
    for (const [place, sku] of rows.skus.entries())
      if (rows.kinds[place] === 1) spoken.set(sku, [...(spoken.get(sku) ?? []), rows.recordNos[place]!]);
  return new Map([...spoken].filter(([, nos]) => nos.length > 1).map(([sku, nos]) => [sku, Math.max(...nos)]));
}

/** As a file is read, a slice at a time, and as its blocks are applied: range by range. */
function stagedBlocks(records: readonly FeedRecord[], read: number, blockSize: number, ranges: readonly string[]) {
  const slices = Array.from({ length: Math.ceil(records.length / read) }, (_, no) =>
    blocksOf(feedId, records.slice(no * read, (no + 1) * read), blockSize, ranges),
  );
  return slices
    .flat()
    .toSorted((a, b) => a.rangeNo - b.rangeNo || a.firstRecordNo - b.firstRecordNo)
    .map(({ rows }) => rows);
}

test('rows in blocks, range by range and slice by slice, end as the rules say of them one after the other (R15, R16)', () => {
  fc.assert(
    fc.property(
      fc.array(record, { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 7 }),
      fc.subarray(['A', 'B', 'C', 'NONE']),
      fc.integer({ min: 1, max: 3 }),
      (made, read, blockSize, ranges, blocksInSlice) => {
        const records = made.map((make, place) => make(place + 1));
        const expected = byTheRules(records);
        const blocks = stagedBlocks(records, read, blockSize, ranges);
        const skus = known();
        const rows: unknown[][] = [];
        for (let from = 0; from < blocks.length; from += blocksInSlice) {
          const part = blocks.slice(from, from + blocksInSlice);
          const locked = new Map(openSkus(part).flatMap((code) => (skus.has(code) ? [[code, skus.get(code)!]] : [])));
          const { plain, withMore, counts, placement, removed } = settleSlice(feedId, part, {
            ...{ skus: locked, lastRows: lastRowsIn(records), index, commandNo },
          });
          for (const code of removed) skus.delete(code);
          const codeAt = new Map([...skus.values()].map(({ sku, at }) => [at, sku]));
          for (const [place, at] of placement.places.entries()) {
            const sku = codeAt.get(at)!;
            skus.set(sku, {
              ...skus.get(sku)!,
              templateId: placement.templateIds[place]!,
              templateCommandNo: commandNo,
            });
          }
          for (const [place, no] of plain.recordNos.entries())
            rows.push([no, plain.outcomes[place], plain.templateIds[place], plain.formerTemplateIds[place], []]);
          for (const one of withMore)
            rows.push([one.recordNo, one.outcome, one.templateId, one.formerTemplateId, one.problems]);
          expect(counts.processed).toBe(plain.recordNos.length + withMore.length);
        }
        expect(rows.toSorted((a, b) => Number(a[0]) - Number(b[0]))).toEqual(expected.rows);
        expect([...skus].toSorted()).toEqual([...expected.skus].toSorted());
      },
    ),
  );
});
