import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boundedEditDistance } from '../../src/feed/editDistance.ts';
import {
  describeRefusal,
  indexTemplates,
  nearestNames,
  resolveTemplateName,
  type TemplateId,
} from '../../src/index.ts';
import { aTemplate } from '../builders/aTemplate.ts';
import { codesOf, granted } from '../builders/refused.ts';

const standard = aTemplate({ id: 'tpl_a' as TemplateId, name: 'Standard US' });
const oversize = aTemplate({ id: 'tpl_b' as TemplateId, name: 'Oversize' });

describe('template names in feeds (R15)', () => {
  const index = indexTemplates(
    [standard, oversize],
    [
      { name: 'Old standard', templateId: standard.id },
      { name: 'Oversize', templateId: standard.id },
      { name: 'Gone', templateId: 'tpl_gone' as TemplateId },
    ],
  );

  test('match exactly', () => {
    const decision = resolveTemplateName('Standard US', index);
    expect(granted(decision).id).toBe('tpl_a');
    expect(decision.ok && decision.warnings).toEqual([]);
    expect(codesOf(resolveTemplateName('standard us', index))).toEqual(['template.name_near']);
    expect(codesOf(resolveTemplateName('Standard US ', index))).toEqual(['template.name_near']);
  });

  test('a former name still matches, with a warning that gives the present one', () => {
    const decision = resolveTemplateName('Old standard', index);
    expect(granted(decision).id).toBe('tpl_a');
    const warning = decision.ok ? decision.warnings[0]! : undefined;
    expect(warning).toMatchObject({
      code: 'template.name_former',
      severity: 'warning',
      params: { current: 'Standard US' },
    });
  });

  test('a present name wins over a former one, and a former name of a template that is gone does not match', () => {
    expect(granted(resolveTemplateName('Oversize', index)).id).toBe('tpl_b');
    expect(codesOf(resolveTemplateName('Gone', index))).toEqual(['template.name_unknown']);
  });

  test('an error lists the nearest names, nearest first', () => {
    const decision = resolveTemplateName(
      'Standart US',
      indexTemplates([standard, { ...oversize, name: 'Standard UK' }]),
    );
    const refusal = decision.ok ? undefined : decision.refusals[0]!;
    expect(refusal!.params.suggestions).toBe('“Standard US”, “Standard UK”');
    expect(describeRefusal(refusal!, 'zh-CN').message).toContain('Standard US');
  });

  test('params never carry more than is fit for a report: length, control characters, broken surrogates', () => {
    for (const name of ['x'.repeat(5000), 'a\u0000b', '\ud83c', `${'y'.repeat(79)}\ud83c\udf0d\ud83c\udf0d`]) {
      const decision = resolveTemplateName(name, index);
      const shown = decision.ok ? '' : String(decision.refusals[0]!.params.name);
      expect([...shown].length).toBeLessThanOrEqual(80);
      expect(shown.isWellFormed()).toBe(true);
      expect(shown).not.toMatch(/\p{Cc}/u);
    }
  });
});

describe('nearest names', () => {
  const plainDistance = (a: string, b: string): number => {
    const rows = Array.from({ length: a.length + 1 }, (_, i) => [i, ...new Array<number>(b.length).fill(0)]);
    for (let j = 0; j <= b.length; j += 1) rows[0]![j] = j;
    for (let i = 1; i <= a.length; i += 1)
      for (let j = 1; j <= b.length; j += 1)
        rows[i]![j] = Math.min(
          rows[i - 1]![j]! + 1,
          rows[i]![j - 1]! + 1,
          rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1),
        );
    return rows[a.length]![b.length]!;
  };
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 12 });

  test('the bounded distance is the plain one, or null beyond the limit', () => {
    fc.assert(
      fc.property(word, word, fc.nat(12), (a, b, limit) => {
        const plain = plainDistance(a, b);
        expect(boundedEditDistance(a, b, limit)).toBe(plain <= limit ? plain : null);
      }),
    );
  });

  test('case and spacing are no difference; far names are not suggested', () => {
    expect(nearestNames(' standard  us', ['Standard US', 'Freight'])).toEqual(['Standard US']);
    expect(nearestNames('zzz', ['Standard US'])).toEqual([]);
    expect(nearestNames('', ['A'])).toEqual([]);
  });

  test('stay cheap with very many and very long names', () => {
    const names = Array.from({ length: 5000 }, (_, i) => `${'n'.repeat(500)}${i}`);
    const begin = performance.now();
    nearestNames('n'.repeat(500), names);
    expect(performance.now() - begin).toBeLessThan(10_000);
  });
});
