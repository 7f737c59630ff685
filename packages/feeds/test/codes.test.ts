import { expect, test } from 'vitest';
import { describeFeedProblem, feedCodes } from '../src/index.ts';

const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).sort();

test.each(Object.entries(feedCodes))('code %s says in both languages what is wrong and what to do', (code, texts) => {
  expect(code).toMatch(/^(\d{4,6}|GE-1[4-8]\d{3})$/);
  for (const text of [texts.en, texts.zh, texts.remedyEn, texts.remedyZh]) expect(text.length).toBeGreaterThan(3);
  expect(texts.zh).toMatch(/\p{Script=Han}/u);
  expect(texts.remedyZh).toMatch(/\p{Script=Han}/u);
  expect(texts.en + texts.remedyEn).not.toMatch(/\p{Script=Han}/u);
  expect(new Set(placeholders(texts.zh))).toEqual(new Set(placeholders(texts.en)));
  for (const name of placeholders(texts.remedyEn + texts.remedyZh)) expect(placeholders(texts.en)).toContain(name);
  if (code.startsWith('GE-')) expect(`R${code.slice(3, 5)}`).toMatch(/^R1[4-8]$/);
});

test('a GE order in a confirmation file is refused in the words of the rule itself (R18)', () => {
  expect(describeFeedProblem({ code: 'confirmation.ge_order', params: {} }, 'en-US').remedy).toContain('Buy Shipping');
});

test('a code from elsewhere is shown as itself', () => {
  expect(describeFeedProblem({ code: 'something-new', params: {} }, 'zh-CN').message).toBe('something-new');
});
