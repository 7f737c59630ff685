import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readVitestReport } from '../src/test-run/vitest-report.ts';

function reportFile(content: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'ge-report-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((outcome) => ({ status: outcome })),
});

test('tests are counted as vitest counted them', () => {
  const report = reportFile({
    numPassedTests: 3,
    numFailedTests: 1,
    testResults: [file('passed', 'passed', 'passed'), file('failed', 'passed', 'failed')],
  });
  expect(readVitestReport(report, 1)).toEqual({ passed: 3, failed: 1 });
});

test('a file that does not load counts as a failure, though no test of it ran', () => {
  const report = reportFile({
    numPassedTests: 2,
    numFailedTests: 0,
    testResults: [file('passed', 'passed'), file('failed')],
  });
  expect(readVitestReport(report, 1)).toEqual({ passed: 2, failed: 1 });
});

test('a run that fails without naming a test is never counted as passed', () => {
  const report = reportFile({ numPassedTests: 2, numFailedTests: 0, testResults: [file('passed', 'passed')] });
  expect(readVitestReport(report, 1)).toEqual({ passed: 2, failed: 1 });
  expect(readVitestReport('/nonexistent/report.json', 1)).toEqual({ passed: 0, failed: 1 });
});
