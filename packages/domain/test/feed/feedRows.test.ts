import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AssignmentRow,
  countOutcomes,
  countsBalance,
  decideFeedRow,
  type FeedRowOutcome,
  indexTemplates,
  noCounts,
  type StagedRow,
  sumCounts,
  supersedeEarlierRows,
  type TemplateId,
} from '../../src/index.ts';
import { aSku } from '../builders/aSku.ts';
import { anEnabledTemplate, aTemplate } from '../builders/aTemplate.ts';

const index = indexTemplates(
  [aTemplate(), anEnabledTemplate(1, { id: 'tpl_ge' as TemplateId, name: 'Worldwide' })],
  [{ name: 'World', templateId: 'tpl_ge' as TemplateId }],
);
const row = (templateName: string | null, change: Partial<AssignmentRow> = {}): AssignmentRow => ({
  sku: 'SHIRT-1',
  templateName,
  deletes: false,
  ...change,
});

describe('a row of an assignment feed (R15, R16)', () => {
  test('moves the SKU and keeps where it was', () => {
    const decision = decideFeedRow(row('Worldwide'), aSku(), index, 5);
    expect(decision).toMatchObject({
      outcome: 'applied',
      templateId: 'tpl_ge',
      formerTemplateId: 'tpl_one',
      problems: [],
    });
    expect(decision.effect).toEqual({
      kind: 'save',
      sku: aSku('SHIRT-1', { templateId: 'tpl_ge' as TemplateId, templateCommandNo: 5 }),
    });
  });

  test('a former name is applied with a warning, an unknown one rejected with an error', () => {
    expect(decideFeedRow(row('World'), aSku(), index, 5)).toMatchObject({
      outcome: 'applied',
      problems: [{ code: 'template.name_former', severity: 'warning' }],
    });
    expect(decideFeedRow(row('Worldwise'), aSku(), index, 5)).toMatchObject({
      outcome: 'rejected',
      problems: [{ code: 'template.name_near', severity: 'error' }],
      effect: { kind: 'none' },
    });
    expect(decideFeedRow(row('Worldwide'), null, index, 5)).toMatchObject({
      outcome: 'rejected',
      problems: [{ code: 'sku.unknown', params: { sku: 'SHIRT-1' } }],
    });
  });

  test('a row that takes a SKU out of export says so; one that never was in it has nothing to say (R16)', () => {
    const abroad = aSku('SHIRT-1', { templateId: 'tpl_ge' as TemplateId });
    const said = (sku: typeof abroad, name: string) => decideFeedRow(row(name), sku, index, 5).problems;
    expect(said(abroad, 'Standard US')).toMatchObject([
      { code: 'sku.left_export', severity: 'warning', params: { name: 'Standard US', geState: 'off' } },
    ]);
    expect(said({ ...abroad, verdict: 'prohibited' }, 'Standard US')).toEqual([]);
    expect(said(abroad, 'Worldwide')).toEqual([]);
    expect(said(aSku(), 'Worldwide')).toEqual([]);
  });

  test('an empty name leaves the SKU where it is and writes nothing', () => {
    expect(decideFeedRow(row(null), aSku(), index, 5)).toMatchObject({
      outcome: 'unchanged',
      effect: { kind: 'none' },
    });
  });

  test('the same template again is unchanged, yet an older command can no longer undo it', () => {
    const decision = decideFeedRow(row('Standard US'), aSku(), index, 5);
    expect(decision.outcome).toBe('unchanged');
    const sku = decision.effect.kind === 'save' ? decision.effect.sku : aSku();
    expect(decideFeedRow(row('Worldwide'), sku, index, 4)).toMatchObject({
      outcome: 'superseded',
      effect: { kind: 'none' },
    });
  });

  test('a deletion deletes, unless a newer command has moved the SKU', () => {
    const deletion = row('ignored', { deletes: true });
    expect(decideFeedRow(deletion, aSku(), index, 5)).toMatchObject({ outcome: 'applied', effect: { kind: 'delete' } });
    const newer = aSku('SHIRT-1', { templateCommandNo: 9 });
    expect(decideFeedRow(deletion, newer, index, 5)).toMatchObject({ outcome: 'superseded', effect: { kind: 'none' } });
  });

  test('a slice delivered twice does nothing new', () => {
    const first = decideFeedRow(row('Worldwide'), aSku(), index, 5);
    const sku = first.effect.kind === 'save' ? first.effect.sku : aSku();
    expect(decideFeedRow(row('Worldwide'), sku, index, 5)).toMatchObject({
      outcome: 'unchanged',
      effect: { kind: 'none' },
    });
  });
});

describe('several rows of one file for one SKU', () => {
  const staged = (recordNo: number, sku: string, change: Partial<StagedRow> = {}): StagedRow => ({
    recordNo,
    sku,
    templateName: 'Worldwide',
    outcome: null,
    deletes: false,
    ...change,
  });
  const outcomes = (rows: readonly StagedRow[]) => supersedeEarlierRows(rows).map(({ outcome }) => outcome);

  test('the later wins and the earlier ends superseded', () => {
    expect(outcomes([staged(1, 'A'), staged(2, 'B'), staged(3, 'A', { deletes: true })])).toEqual([
      'superseded',
      null,
      null,
    ]);
  });

  test('rows that say nothing about the template, or were rejected on reading, neither win nor lose', () => {
    const rows = [staged(1, 'A'), staged(2, 'A', { templateName: null }), staged(3, 'A', { outcome: 'rejected' })];
    expect(outcomes(rows)).toEqual([null, null, 'rejected']);
  });

  test('exactly one speaking row of each SKU is left, the one with the highest number, in any order of rows', () => {
    const anyRow = fc.record({
      recordNo: fc.integer({ min: 1, max: 1000 }),
      sku: fc.constantFrom('A', 'B', 'C'),
      templateName: fc.option(fc.constant('Worldwide')),
      outcome: fc.constant(null),
      deletes: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.uniqueArray(anyRow, { selector: ({ recordNo }) => recordNo }), (rows) => {
        const speaking = (r: StagedRow) => r.deletes || r.templateName !== null;
        const left = supersedeEarlierRows(rows).filter((r) => r.outcome === null && speaking(r));
        for (const code of ['A', 'B', 'C']) {
          const numbers = rows.filter((r) => r.sku === code && speaking(r)).map((r) => r.recordNo);
          const survivors = left.filter((r) => r.sku === code).map((r) => r.recordNo);
          expect(survivors).toEqual(numbers.length === 0 ? [] : [Math.max(...numbers)]);
        }
      }),
    );
  });
});

test('however rows are cut into slices, the counts sum up and balance', () => {
  const outcome = fc.constantFrom<FeedRowOutcome>('applied', 'unchanged', 'superseded', 'rejected', 'not_attempted');
  fc.assert(
    fc.property(fc.array(outcome), fc.nat(20), (rows, cut) => {
      const summed = sumCounts(countOutcomes(rows.slice(0, cut)), countOutcomes(rows.slice(cut)));
      expect(summed).toEqual(countOutcomes(rows));
      expect(countsBalance(summed)).toBe(true);
      expect(summed.processed).toBe(rows.length);
    }),
  );
  expect(countsBalance({ ...noCounts, processed: 1 })).toBe(false);
});
