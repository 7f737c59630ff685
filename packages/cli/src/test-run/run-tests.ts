import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearLeftovers, discardFolder, endEverything, keepFolder, stateFolder } from '@ge/embedded';
import { tellFailure } from '../answer.ts';
import { projectDir } from '../project.ts';
import { signalExitCodes } from '../stop-signal.ts';
import { runStep, type StepResult } from './child-step.ts';
import { readVitestReport, type TestCounts } from './vitest-report.ts';

export interface TestRunOptions {
  /** Paths and options for vitest; when there are any, only vitest runs. */
  readonly vitestArgs: readonly string[];
  /** Leave out the tests that need PostgreSQL or Redis. */
  readonly unit: boolean;
  /** Also what takes long. */
  readonly deep: boolean;
  /** Nothing goes to standard output, where one object is waited for. */
  readonly json: boolean;
}

type Print = (text: string) => void;

/** Scripts of the root manifest. Turborepo runs them, so that what has not changed since it was last right is not run again. */
const checks = [
  { name: 'types', script: 'typecheck' },
  { name: 'style', script: 'lint' },
  { name: 'unused code', script: 'unused' },
] as const;

/** Runs the checks and the tests one after the other; the last line it prints is `N passed, N failed`. */
export async function runTests(options: TestRunOptions): Promise<TestCounts> {
  const print = options.json ? console.error : console.log;
  let passed = 0;
  let failed = 0;
  for (const check of options.vitestArgs.length === 0 ? checks : []) {
    const result = await runStep('turbo', ['run', check.script, '--output-logs=errors-only'], { show: 'nowhere' });
    if (isInterrupted(result)) return interrupted(result, options);
    if (result.code === 0) passed += 1;
    else failed += 1;
    print(verdict(check.name, result.code === 0, result.ms));
    if (result.code !== 0) print(result.output.trimEnd());
  }
  const counts = await runVitest(options, print);
  passed += counts.passed;
  failed += counts.failed;
  print(`${passed} passed, ${failed} failed`);
  return { passed, failed };
}

/** The servers of somebody's fleet are no place for tests: theirs are named by GE_TEST_DATABASE_URL and GE_TEST_REDIS_URL. */
export function testEnvironment({ DATABASE_URL, REDIS_URL, SMTP_URL, ...env }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return env;
}

async function runVitest(options: TestRunOptions, print: Print): Promise<TestCounts> {
  const folder = mkdtempSync(join(tmpdir(), 'ge-test-'));
  discardFolder(folder);
  try {
    const report = join(folder, 'report.json');
    const args = [
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...(options.unit ? ['--project', 'unit'] : []),
      ...options.vitestArgs,
    ];
    const record = join(folder, 'api-answers.jsonl');
    const env = { ...testEnvironment(process.env), GE_CONTRACT_LOG: record, ...(options.deep ? { GE_DEEP: '1' } : {}) };
    const result = await runStep('vitest', args, { show: options.json ? 'errors' : 'output', env });
    if (isInterrupted(result)) return interrupted(result, options);
    const counts = readVitestReport(report, result.code);
    print(verdict('tests', counts.failed === 0, result.ms));
    const isWhole = !options.unit && options.vitestArgs.length === 0;
    return isWhole ? await withContract(counts, record, print) : counts;
  } finally {
    rmSync(folder, { recursive: true, force: true });
    keepFolder(folder);
  }
}

/** One more test: whatever the API's document promises has occurred, and nothing else. */
async function withContract({ passed, failed }: TestCounts, record: string, print: Print): Promise<TestCounts> {
  // Only a whole run pays for loading the routes.
  const { contractGaps } = await import('./contract-gaps.ts');
  const startedAt = performance.now();
  const { missing, broken } = contractGaps(record);
  const ok = missing.length === 0 && broken.length === 0;
  print(verdict('OpenAPI document', ok, performance.now() - startedAt));
  for (const line of broken) print(`  not as documented: ${line}`);
  for (const line of missing) print(`  documented, but no test got it: ${line}`);
  return ok ? { passed: passed + 1, failed } : { passed, failed: failed + 1 };
}

const isInterrupted = (result: StepResult) => result.code > 128 && result.code < 160;

/** The servers of a run that was broken off end by themselves; this waits for it, however impatient the person is. */
async function interrupted(result: StepResult, options: TestRunOptions): Promise<never> {
  for (const signal of Object.keys(signalExitCodes)) process.on(signal, () => undefined);
  await clearLeftovers(stateFolder(projectDir));
  await endEverything();
  tellFailure('interrupted', options.json);
  process.exit(result.code);
}

const verdict = (name: string, ok: boolean, ms: number): string =>
  `${ok ? 'ok    ' : 'FAILED'}  ${name}  ${(ms / 1000).toFixed(1)} s`;
