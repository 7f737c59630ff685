import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultProblems, documentedAnswers, problemsElsewhere, routeCatalogue, statusOfCode } from '@ge/api';
import { afterAll, expect, test } from 'vitest';
import { contractGaps } from '../src/test-run/contract-gaps.ts';

const folder = mkdtempSync(join(tmpdir(), 'ge-gaps-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const everything: readonly (readonly [string, number, string | null])[] = [
  ...documentedAnswers(routeCatalogue).map(({ route, status, code }) => [route, status, code] as const),
  ...problemsElsewhere.map((code) => ['-', statusOfCode(code), code] as const),
  ...defaultProblems.map((code) => ['sellers.list', statusOfCode(code), code] as const),
];
const gapsOf = (lines: readonly unknown[]) => {
  const file = join(folder, 'record.jsonl');
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return contractGaps(file);
};

test('a run in which everything documented occurred has no gap', () => {
  expect(everything.length).toBeGreaterThan(500);
  expect(gapsOf(everything)).toEqual({ missing: [], broken: [] });
});

test('each answer that nobody got is named, and so is each that broke the contract', () => {
  const without = everything.filter(([route, , code]) => !(route === 'skus.assign' && code === 'edit.empty'));
  expect(gapsOf(without).missing).toEqual(['skus.assign 422 edit.empty']);
  expect(gapsOf(everything.filter(([, , code]) => code !== 'http.conflict')).missing).toEqual([
    'any route: http.conflict',
  ]);
  const said = 'sellers.list answered 418, which is not documented';
  expect(gapsOf([...everything, ['broken', 418, said]]).broken).toEqual([said]);
});

test('a run without a record has every gap', () => {
  expect(contractGaps(join(folder, 'none')).missing.length).toBeGreaterThan(500);
});
