import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const cli = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url));
const flood = (...args: string[]) =>
  spawnSync(process.execPath, [cli, 'flood', ...args], { encoding: 'utf8', env: { PATH: process.env.PATH } });

/** Under `--deep` every profile, longer. */
const profiles = process.env.GE_DEEP
  ? ['mixed', 'labels', 'feeds', 'templates', 'skus', 'direct', 'hot-seller', 'duplicates', 'poison']
  : ['duplicates'];

test.each(profiles)(
  'after a flood (%s) every command that was accepted has had its effect once',
  (profile) => {
    const folder = mkdtempSync(join(tmpdir(), 'ge-flood-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const page = join(folder, 'flood.html');
    const [duration, rate] = process.env.GE_DEEP ? ['20s', '30'] : ['3s', '10'];
    const asked = ['--profile', profile, '--duration', duration, '--rate', rate, '--sellers', '10', '--seed', '7'];
    // Whatever runs in this checkout beside the tests is left alone.
    const { status, stdout, stderr } = flood(...asked, '--own', '--json', '--report', page);
    expect(status, stderr).toBe(0);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ ok: true, backlog: { drained: true }, audit: { ok: true, findingsTotal: 0 } });
    expect(report.audit.accepted).toBeGreaterThan(0);
    expect(report.load.outcomes.maybe).toBe(0);
    expect(readFileSync(page, 'utf8')).toContain('</svg>');
    expect(report.fleet.notReady).toEqual([]);
    for (const { kind, sent, accounted } of report.poison)
      expect({ kind, accounted }).toEqual({ kind, accounted: sent });
    expect(report.poison.length).toBe(profile === 'poison' ? 9 : 0);
  },
  300_000,
);

if (process.env.GE_DEEP) {
  test('a search finds the highest rate that meets the objective, and one audit covers every rate', () => {
    const { status, stdout, stderr } = flood(
      ...[
        '--find-knee',
        '--slo',
        'p99=400ms',
        '--rate',
        '40',
        '--duration',
        '3s',
        '--sellers',
        '10',
        '--own',
        '--json',
      ],
    );
    const { knee, audit } = JSON.parse(stdout);
    expect(audit).toMatchObject({ ok: true, findingsTotal: 0 });
    expect(knee.steps.filter((step: { held: boolean }) => !step.held).length).toBeGreaterThan(0);
    // A machine so slow that no rate holds has no knee, and says so.
    expect(status, stderr).toBe(knee.rate === null ? 1 : 0);
  }, 300_000);

  test('any job goes straight into its queue, and each took effect once', () => {
    const { status, stdout, stderr } = flood(
      '--job',
      'deactivate-template',
      '--duration',
      '3s',
      '--rate',
      '50',
      '--json',
    );
    expect(status, stderr).toBe(0);
    const { audit } = JSON.parse(stdout);
    expect(audit.checked.receipts).toBe(audit.accepted);
    expect(audit.accepted).toBeGreaterThan(50);
  }, 300_000);
}

test.each([
  [['--rate', '0'], /--rate takes a number/],
  [['--profile', 'nope'], /There is no profile nope/],
  [['--job', 'nope'], /There is no job nope; there are run-campaign/],
  [['--slo', 'fast'], /--slo takes objectives/],
  [['--find-knee'], /--find-knee needs an objective/],
  [['--report', 'no/such/folder/flood.html'], /The report cannot be written/],
  [['compare', 'a.json', 'b.json', '--fail-on-worse', 'much'], /--fail-on-worse takes a share/],
  [['compare', 'missing-a.json', 'missing-b.json'], /missing-a.json cannot be read/],
])('what cannot be asked is said in one line with exit code 2: flood %s', (args, line) => {
  const { status, stdout, stderr } = flood(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(line);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});
