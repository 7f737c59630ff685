import { expect, test } from 'vitest';
import { sources } from './sources.ts';

const all = sources('{packages,services,infra,test}/**/*.ts', true).filter(
  (file) => !file.path.includes('/migrations/'),
);

test('a file is named for what is in it: no drawer for everything', () => {
  expect(
    all
      .map((file) => file.path)
      .filter((path) => /(^|\/)(utils?|helpers?|common|misc|managers?)(\/|\.ts$)/i.test(path)),
  ).toEqual([]);
});

test('rooms stay small: a source file past 300 lines holds two ideas (tables of data aside)', () => {
  const isTable = (path: string) =>
    /(countryNames|zipPrefixes|zipCrossings|regions|categoryRules|fixtures|vectors|Vectors)/.test(path);
  expect(
    all.filter((file) => file.lines > 300 && !isTable(file.path)).map((file) => `${file.path}: ${file.lines}`),
  ).toEqual([]);
});

test('no test is skipped, focused or left for later', () => {
  const marks = /\b(it|test|describe)\.(only|skip|todo)\b|(\/\/|\*).*\b(TO[D]O|FIX[M]E|HAC[K])\b/;
  expect(all.filter((file) => marks.test(file.text)).map((file) => file.path)).toEqual([]);
});
