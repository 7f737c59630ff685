import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generate } from '../../examples/generate/generate.ts';

const run = promisify(execFile);
const cli = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url));
const observer = new URL('../../packages/testkit/src/contract/observeFetch.ts', import.meta.url).href;
const folder = mkdtempSync(join(tmpdir(), 'ge-journey-'));

/** `./ge test --deep` plays a larger marketplace, another one every day. */
const size = process.env.GE_DEEP
  ? { seed: Math.floor(Date.now() / 86_400_000), sellers: 400, rows: 50_000 }
  : { seed: 20_260_101, sellers: 60, rows: 600 };

beforeAll(() => generate(size, folder));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('one marketplace goes through the whole programme: every number is the one worked out beforehand', async () => {
  const argv = ['--import', observer, cli, 'demo', '--json', '--examples', folder, '--out', join(folder, 'results')];
  // A check that does not hold makes the exit code 1; what was printed says which.
  const { stdout } = await run(process.execPath, argv, { timeout: 280_000, maxBuffer: 64 * 1024 * 1024 }).catch(
    (failed: { stdout: string }) => failed,
  );
  const told = JSON.parse(stdout) as {
    ok: boolean;
    steps: { name: string }[];
    checks: { name: string; ok: boolean; expected: unknown; actual: unknown }[];
  };
  expect(told.checks.filter((check) => !check.ok)).toEqual([]);
  expect(told.steps.map((step) => step.name)).toEqual([
    'import',
    'invite',
    'enroll',
    'propagate',
    'exclude-regions',
    'enable-one-more',
    'assign-by-page',
    'assign-by-feed',
    'order',
    'buy-labels',
    'confirm-by-file',
    'suspend',
    'deactivate',
  ]);
  expect(told.ok).toBe(true);
  expect(readdirSync(join(folder, 'results')).sort()).toEqual(['labels', 'mails', 'reports']);
}, 300_000);
