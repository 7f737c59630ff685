import { describe, expect, test } from 'vitest';
import {
  awaitsGlobalExpress,
  describeRefusal,
  type Enrollment,
  indexTemplates,
  makeDomesticOnlyCopy,
  type Refusal,
  removalTarget,
  removeFromExport,
  type ShippingTemplate,
  type TemplateId,
} from '../../src/index.ts';
import { anEnrollment } from '../builders/anEnrollment.ts';
import { aSku, skusByCode } from '../builders/aSku.ts';
import { anEnabledTemplate, aTemplate } from '../builders/aTemplate.ts';
import { codesOf, granted } from '../builders/refused.ts';

const ge = anEnabledTemplate(1, { id: 'tpl_ge' as TemplateId, name: 'Worldwide' });
const plain = aTemplate({ id: 'tpl_us' as TemplateId, name: 'US only' });
const refusalsOf = (decision: ReturnType<typeof removalTarget>): readonly Refusal[] =>
  decision.ok ? [] : decision.refusals;

describe('leaving export (R16)', () => {
  test('goes to the default template when that has no GE', () => {
    const index = indexTemplates([ge, { ...plain, isDefault: true }]);
    const skus = skusByCode(aSku('A', { templateId: ge.id }));
    const { results, changed } = granted(removeFromExport(['A'], null, skus, index, 5));
    expect(results[0]).toMatchObject({ outcome: 'applied', templateId: 'tpl_us', formerTemplateId: 'tpl_ge' });
    expect(results[0]!.exportability!.exportable).toBe(false);
    expect(changed[0]!.templateId).toBe('tpl_us');
  });

  test('is refused without a target when the default has GE, and the refusal offers the call for a domestic-only copy', () => {
    const index = indexTemplates([{ ...ge, isDefault: true }, plain]);
    const decision = removalTarget(null, index);
    expect(codesOf(decision)).toEqual(['removal.needs_target']);
    for (const locale of ['en-US', 'zh-CN'] as const) {
      expect(describeRefusal(refusalsOf(decision)[0]!, locale).remedy).toContain('/v1/templates/tpl_ge/domestic-copy');
    }
  });

  test.each(['enabled', 'blocked'] as const)('is refused to a named target whose GE is %s', (geState) => {
    const index = indexTemplates([{ ...ge, geState }, plain]);
    expect(codesOf(removalTarget({ id: 'tpl_ge' }, index))).toEqual(['removal.target_exports']);
    expect(codesOf(removalTarget({ name: 'Worldwide' }, index))).toEqual(['removal.target_exports']);
  });

  test('a seller without a default template has to name a target', () => {
    expect(codesOf(removalTarget(null, indexTemplates([ge])))).toEqual(['removal.no_default']);
    expect(codesOf(removalTarget({ id: 'tpl_x' }, indexTemplates([ge])))).toEqual(['sku.template_unknown']);
  });

  test('leaves a SKU where it is that already stands on a template without GE', () => {
    const other = aTemplate({ id: 'tpl_other' as TemplateId, name: 'Oversize' });
    const index = indexTemplates([ge, plain, other]);
    const skus = skusByCode(aSku('A', { templateId: other.id }), aSku('B', { templateId: ge.id }));
    const { results } = granted(removeFromExport(['A', 'B'], { id: 'tpl_us' }, skus, index, 5));
    expect(results.map(({ outcome, templateId }) => [outcome, templateId])).toEqual([
      ['unchanged', 'tpl_other'],
      ['applied', 'tpl_us'],
    ]);
  });

  test('takes no template for safe that an Enroll or a confirmed wizard is about to enable', () => {
    const enrollment = anEnrollment({ state: 'propagating', commandNo: 4 });
    const confirmed = { ...plain, wizard: { step: 'confirmed', digest: 'd' } } as const;
    const safe = (template: ShippingTemplate, enrolled: Enrollment | null) =>
      removalTarget(
        { id: plain.id },
        indexTemplates([{ ...template, enabling: awaitsGlobalExpress(template, enrolled) }]),
      ).ok;
    expect(safe(plain, enrollment)).toBe(false);
    expect(safe(plain, { ...enrollment, templateScope: [plain.id] })).toBe(false);
    expect(safe(confirmed, null)).toBe(false);
    expect(safe(plain, null)).toBe(true);
    expect(safe(plain, { ...enrollment, state: 'active' })).toBe(true);
    expect(safe(plain, { ...enrollment, templateScope: [ge.id] })).toBe(true);
    expect(safe({ ...plain, geState: 'deactivated', geCommandNo: 5 }, enrollment)).toBe(true);
  });

  test('keeps the limit of the inventory page', () => {
    const codes = Array.from({ length: 51 }, (_, i) => `S${i}`);
    const index = indexTemplates([{ ...plain, isDefault: true }]);
    expect(codesOf(removeFromExport(codes, null, new Map(), index, 5))).toEqual(['edit.limit_exceeded']);
  });
});

describe('the domestic-only copy (R16)', () => {
  const existing = { templates: [ge, plain], aliases: [] };
  const id = 'tpl_copy' as TemplateId;

  test('keeps everything domestic and nothing international', () => {
    const source = { ...ge, domesticAutomation: true, excludedDestinations: ['FR'], appliedSettingVersion: 3 };
    const copy = granted(makeDomesticOnlyCopy(source, { id, existing }, 7));
    expect(copy).toMatchObject({
      id,
      name: 'Worldwide (domestic only)',
      geState: 'off',
      isDefault: false,
      regionAutomation: true,
      domesticAutomation: true,
      internationalAutomation: false,
      internationalFees: null,
      excludedDestinations: [],
      appliedSettingVersion: 0,
      version: 1,
    });
    expect(copy.domesticShipping).toEqual(source.domesticShipping);
    expect(removalTarget({ id }, indexTemplates([ge, copy])).ok).toBe(true);
  });

  test('has no region automation where that served the international half only', () => {
    const copy = granted(makeDomesticOnlyCopy({ ...ge, domesticAutomation: false }, { id, existing }, 7));
    expect([copy.regionAutomation, copy.domesticAutomation]).toEqual([false, false]);
  });

  test('an enrollment accepted before the copy does not enable it', () => {
    const copy = granted(makeDomesticOnlyCopy(ge, { id, existing }, 7));
    expect([copy.geCommandNo, copy.geCommandLog.deactivatedNo]).toEqual([7, 7]);
  });

  test('gets a name that no template has or had, within the limit of names', () => {
    const taken = aTemplate({ id: 'tpl_t' as TemplateId, name: 'Worldwide (domestic only)' });
    const aliases = [{ sellerId: ge.sellerId, name: 'Worldwide (domestic only 2)', templateId: plain.id }];
    const second = makeDomesticOnlyCopy(ge, { id, existing: { templates: [ge, taken], aliases } }, 7);
    expect(granted(second).name).toBe('Worldwide (domestic only 3)');
    const long = granted(makeDomesticOnlyCopy({ ...ge, name: '🌍'.repeat(50) }, { id, existing }, 7)).name;
    expect(long.length).toBeLessThanOrEqual(100);
    expect(long.isWellFormed()).toBe(true);
    expect(codesOf(makeDomesticOnlyCopy(ge, { id, name: 'US only', existing }, 7))).toEqual(['template.name_taken']);
  });
});
