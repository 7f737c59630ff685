import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AssignmentItem,
  applyDirectChange,
  assignSku,
  checkEditLimit,
  EDIT_LIMIT,
  indexTemplates,
  isExportable,
  screenSku,
  type TemplateId,
} from '../../src/index.ts';
import { aSku, skusByCode } from '../builders/aSku.ts';
import { anEnabledTemplate, aTemplate } from '../builders/aTemplate.ts';
import { aMoment } from '../builders/moments.ts';
import { codesOf, fieldsOf, granted } from '../builders/refused.ts';
import { product } from '../eligibility/products.ts';

const domestic = aTemplate({ isDefault: true });
const exporting = anEnabledTemplate(1, { id: 'tpl_ge' as TemplateId, name: 'Worldwide' });
const index = indexTemplates([domestic, exporting], [{ name: 'World', templateId: exporting.id }]);
const to = (sku: string, template: AssignmentItem['template']): AssignmentItem => ({ sku, template });

describe('the inventory page (R14)', () => {
  test('50 changes are taken, 51 are refused with a pointer to feeds, duplicates counted', () => {
    const same = (count: number) => Array.from({ length: count }, () => to('SHIRT-1', { name: 'Worldwide' }));
    expect(checkEditLimit(same(EDIT_LIMIT)).ok).toBe(true);
    const refused = checkEditLimit(same(EDIT_LIMIT + 1));
    expect(codesOf(refused)).toEqual(['edit.limit_exceeded']);
    expect(codesOf(applyDirectChange(same(51), new Map(), index, 5))).toEqual(['edit.limit_exceeded']);
    expect(codesOf(checkEditLimit([]))).toEqual(['edit.empty']);
  });

  test('every item gets its own result; a bad one does not stop the others', () => {
    const items = [
      to('SHIRT-1', { id: 'tpl_ge' }),
      to('NOPE', { name: 'Worldwide' }),
      to('SHIRT-2', { name: 'Worldwyde' }),
      to('SHIRT-3', { id: 'tpl_one' }),
      to('SHIRT-4', { name: 'World' }),
    ];
    const skus = skusByCode(aSku(), aSku('SHIRT-2'), aSku('SHIRT-3'), aSku('SHIRT-4'));
    const { results, changed } = granted(applyDirectChange(items, skus, index, 5));
    expect(results.map(({ outcome }) => outcome)).toEqual(['applied', 'rejected', 'rejected', 'unchanged', 'applied']);
    expect(results.map(({ problems }) => problems.map(({ code }) => code))).toEqual([
      [],
      ['sku.unknown'],
      ['template.name_near'],
      [],
      ['template.name_former'],
    ]);
    expect(results[1]!.problems[0]!.field).toBe('/items/1/sku');
    expect(changed.map(({ sku }) => sku)).toEqual(['SHIRT-1', 'SHIRT-3', 'SHIRT-4']);
    expect(changed.every((sku) => sku.templateCommandNo === 5)).toBe(true);
  });

  test('each item says whether the SKU stays exportable, and why not (R4, R5, R16)', () => {
    const items = [to('A', { id: 'tpl_ge' }), to('B', { id: 'tpl_one' }), to('C', { id: 'tpl_ge' })];
    const knife = aSku('C', { verdict: 'prohibited', verdictRule: 'EL-P01' });
    const skus = skusByCode(aSku('A'), aSku('B', { templateId: exporting.id }), knife);
    const { results } = granted(applyDirectChange(items, skus, index, 5));
    expect(results.map((result) => result.exportability?.exportable)).toEqual([true, false, false]);
    expect(results[1]!.exportability!.reasons.map(({ code }) => code)).toEqual(['sku.template_without_ge']);
    expect(results[2]!.exportability!.reasons.map(({ code }) => code)).toEqual(['sku.not_eligible']);
  });

  test('of two items for one SKU the last wins, the earlier is superseded', () => {
    const items = [to('A', { id: 'tpl_ge' }), to('A', { id: 'tpl_one' })];
    const { results, changed } = granted(applyDirectChange(items, skusByCode(aSku('A')), index, 5));
    expect(results.map(({ outcome }) => outcome)).toEqual(['superseded', 'unchanged']);
    expect(changed).toEqual([aSku('A', { templateCommandNo: 5 })]);
  });

  test('an older command never writes, and says so', () => {
    const skus = skusByCode(aSku('A', { templateCommandNo: 9 }));
    const { results, changed } = granted(applyDirectChange([to('A', { id: 'tpl_ge' })], skus, index, 5));
    expect(results[0]!.outcome).toBe('superseded');
    expect(changed).toEqual([]);
  });

  test('an unknown template id is named at its own field', () => {
    const { results } = granted(applyDirectChange([to('A', { id: 'tpl_x' })], skusByCode(aSku('A')), index, 5));
    expect(fieldsOf({ ok: false, refusals: results[0]!.problems })).toEqual(['/items/0/template/id']);
  });

  test('commands in any order of arrival, delivered any number of times, end where the last accepted one says', () => {
    const arrivals = fc
      .uniqueArray(fc.record({ no: fc.integer({ min: 1, max: 50 }), ge: fc.boolean() }), {
        selector: ({ no }) => no,
        minLength: 1,
      })
      .chain((accepted) => {
        const twice = [...accepted, ...accepted];
        return fc.shuffledSubarray(twice, { minLength: twice.length });
      });
    fc.assert(
      fc.property(arrivals, (delivered) => {
        const end = delivered.reduce((sku, { no, ge }) => assignSku(sku, ge ? exporting : domestic, no).sku, aSku('A'));
        const last = delivered.toSorted((a, b) => a.no - b.no).at(-1)!;
        expect(end.templateId).toBe(last.ge ? exporting.id : domestic.id);
        expect(end.templateCommandNo).toBe(last.no);
      }),
    );
  });
});

test('what the producer sends of a product is kept with the verdict on it (R5)', () => {
  const sku = aSku('A', { exportData: null, verdict: 'incomplete', verdictRule: 'EL-M00' });
  const screened = screenSku(sku, product(), aMoment).sku;
  expect(screened).toMatchObject({ verdict: 'eligible', verdictRule: null, exportData: product() });
  expect(isExportable(screened, exporting)).toBe(true);
  const withdrawn = screenSku(screened, null, aMoment);
  expect(withdrawn.sku.verdict).toBe('incomplete');
  expect(isExportable(withdrawn.sku, exporting)).toBe(false);
  expect(screenSku(withdrawn.sku, null, aMoment).sku).toBe(withdrawn.sku);
});
