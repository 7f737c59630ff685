import { describe, expect, it } from 'vitest';
import { describeRefusal, refusalCatalogue } from '../../src/index.ts';

/** A value that differs by language is passed twice: `subjectEn`, `subjectZh`. */
const placeholders = (...texts: readonly string[]) =>
  new Set(texts.flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!.replace(/(En|Zh)$/, ''))));

describe('every refusal of the catalogue (promise 6)', () => {
  it.each(Object.entries(refusalCatalogue))('%s says in both languages what is wrong and what to do', (_, texts) => {
    expect(texts.rule).toMatch(/^R([1-9]|1\d|2[0-4])$/);
    for (const text of [texts.zh, texts.remedyZh]) expect(text).toMatch(/\p{Script=Han}/u);
    for (const text of [texts.en, texts.remedyEn]) expect(text).toMatch(/^[^\p{Script=Han}]+[.;)]$/u);
    expect(placeholders(texts.zh, texts.remedyZh)).toEqual(placeholders(texts.en, texts.remedyEn));
  });

  it('fills the placeholders from the refusal', () => {
    const refusal = { code: 'template.has_skus', params: { count: 3 } };
    expect(describeRefusal(refusal, 'en-US').message).toBe('The template still has 3 SKUs.');
    expect(describeRefusal(refusal, 'zh-CN').message).toBe('该模板仍分配有 3 个 SKU。');
  });

  it('calls the programme by the one name that sellers know: Global Express, 全球快递', () => {
    const misnamed = Object.entries(refusalCatalogue).filter(([, { zh, remedyZh }]) =>
      /全球(?!快递)|Global Express/.test(zh + remedyZh),
    );
    expect(misnamed.map(([code]) => code)).toEqual([]);
  });
});
