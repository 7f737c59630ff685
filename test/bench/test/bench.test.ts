import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runMeasures } from '../bench.ts';
import { databaseEffects } from '../effect/ours.ts';
import { bareCalls } from '../labels/bare.ts';
import { labelsThroughFleet } from '../labels/ours.ts';
import { startBenchCarrier } from '../labels/simulator.ts';
import { isMet, type Measure } from '../measure.ts';
import { peers, runPeer } from '../peers/runPeer.ts';
import { median, summarise } from '../statistics.ts';

const cli = fileURLToPath(new URL('../../../packages/cli/src/main.ts', import.meta.url));
const positive = fc.double({ min: 0.001, max: 1e6, noNaN: true });

test('the median is the middle one: as many are above it as below, whatever their order', () => {
  fc.assert(
    fc.property(fc.array(positive, { minLength: 1, maxLength: 25 }), (values) => {
      const middle = median(values);
      expect(values.filter((value) => value < middle).length).toBeLessThanOrEqual(values.length / 2);
      expect(values.filter((value) => value > middle).length).toBeLessThanOrEqual(values.length / 2);
      expect(median(values.toReversed())).toBe(middle);
    }),
  );
});

test('figures are compared within a run only: the ratio lies within the spread of the runs', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ ours: positive, peer: positive }), { minLength: 1, maxLength: 9 }), (turns) => {
      const { ratio, spread, runs } = summarise(turns);
      expect(spread.lowest <= ratio && ratio <= spread.highest).toBe(true);
      expect(runs.map((run) => run.ratio)).toEqual(turns.map(({ ours, peer }) => ours / peer));
    }),
  );
});

test('a target is met by what was measured, and never by a figure that is missing', () => {
  const measured = { ratio: 4, ours: 4, peer: 1, runs: [], spread: { lowest: 4, highest: 4 } };
  expect(isMet({ sense: 'at least', ratio: 4 }, measured)).toBe(true);
  expect(isMet({ sense: 'at least', ratio: 5 }, measured)).toBe(false);
  expect(isMet({ sense: 'at most', ratio: 2, ours: 5 }, measured)).toBe(true);
  const also = { 'memory, MB': { sense: 'at most', limit: 200 } } as const;
  expect(isMet({ sense: 'at least', ratio: 4, also }, measured)).toBe(false);
});

test('a result says what was asked, what was measured, run by run, and whether it is met', async () => {
  const measured = summarise([
    { ours: 8, peer: 2 },
    { ours: 6, peer: 3 },
    { ours: 9, peer: 3 },
  ]);
  const target = { sense: 'at least', ratio: 3 } as const;
  const measure: Measure = { id: 'P0', title: 'nothing', unit: 'jobs/s', target, run: async () => measured };
  const begun: string[] = [];
  const results = await runMeasures([measure], {
    quick: true,
    runs: 3,
    tell: () => undefined,
    servers: null as never,
    onMeasure: ({ id }, no) => begun.push(`${no} ${id}`),
  });
  expect(begun).toEqual(['1 P0']);
  expect(JSON.parse(JSON.stringify(results))).toMatchObject({
    P0: {
      ratio: 3,
      ours: 8,
      peer: 3,
      runs: [
        { ours: 8, peer: 2, ratio: 4 },
        { ours: 6, peer: 3, ratio: 2 },
        { ours: 9, peer: 3, ratio: 3 },
      ],
      target,
      met: true,
    },
  });
});

test('every side does the work that is measured, once each', async () => {
  const { perSecond, beside } = await databaseEffects(60);
  // begin, tokens, rows, change, follow-ups, settle, commit: however many jobs are in the batch.
  expect(beside['statements a batch']).toBe(7);
  const rates = [perSecond];
  // The peers' sides under `--deep`.
  for (const peer of process.env.GE_DEEP ? peers : []) rates.push(await runPeer(peer, 60));
  for (const rate of rates) expect(rate > 0 && Number.isFinite(rate)).toBe(true);
});

// Four processes: under `--deep`.
test.runIf(process.env.GE_DEEP)(
  'labels are bought and charged once each, by the fleet and by the bare client',
  async () => {
    const carrier = await startBenchCarrier();
    try {
      expect((await labelsThroughFleet(60, carrier, {})).perSecond).toBeGreaterThan(0);
      expect((await bareCalls(60, 20, carrier)).perSecond).toBeGreaterThan(0);
      expect(await carrier.charges()).toBe(120);
    } finally {
      await carrier.stop();
    }
  },
  120_000,
);

test.runIf(process.env.GE_DEEP)(
  'bench --quick --json: one object alone on standard output, progress beside it',
  () => {
    // On servers of its own: it refuses those of the tests, which flush nothing to disk.
    const { GE_TEST_DATABASE_URL: _, GE_TEST_REDIS_URL: __, ...env } = process.env;
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'bench', 'p2', '--quick', '--json'], {
      encoding: 'utf8',
      env,
    });
    expect(status, stderr).toBe(0);
    const { P2, ...others } = JSON.parse(stdout);
    expect(others).toEqual({});
    expect(P2).toMatchObject({ target: { sense: 'at least', ratio: 0.7 }, met: P2.ratio >= 0.7 });
    expect(P2.runs).toEqual([{ ours: P2.ours, peer: P2.peer, ratio: P2.ratio }]);
    expect(stderr).toMatch(/P2 turn 1 of 1: ours \d+, empty BullMQ \d+ jobs\/s/);
  },
  120_000,
);

test.each([
  [['P1', 'P99'], /There is no measure P99; there are P1/],
  [['--runs', '0'], /--runs takes a whole number/],
  [['--write', '--quick'], /--write takes all measures at full size/],
])('what cannot be measured is said in one line with exit code 2: bench %s', (args, line) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'bench', ...args], { encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(line);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});
