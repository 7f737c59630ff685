import { describe, expect, test } from 'vitest';
import { jobSums, phasesBetween } from '../fleet/phases.ts';
import { Latencies } from '../generator/latencies.ts';
import { bindingResource } from '../report/binding.ts';
import { compared, worseThan } from '../report/compare.ts';
import { type FloodReport, failuresOf } from '../report/floodReport.ts';
import { reportPage } from '../report/page.ts';

const none = new Latencies().percentiles;
const passed = {
  ok: true,
  at: '2026-11-26T10:00:00.000Z',
  flooded: { kind: 'own', url: null, notVisible: [] },
  asked: {
    profile: 'mixed <b>',
    arrivals: 'poisson',
    rate: 30,
    seconds: 20,
    sellers: 50,
    zipf: 1,
    atOnce: 500,
    seed: 1,
  },
  machine: { cores: 2, memoryGb: 24, node: 'v24.0.0' },
  load: {
    started: 600,
    dropped: 0,
    outcomes: { accepted: 600, refused: 0, overloaded: 0, maybe: 0 },
    notAccepted: {},
    rate: 30,
    tookMs: 20_000,
  },
  latency: {
    response: { ...none, n: 600, p50: 20, p90: 60, p99: 90, p999: 95, max: 99 },
    service: none,
    byKind: { label: { response: { ...none, p50: 20, p90: 60, p99: 90, p999: 95, max: 99 }, service: none } },
    valid: true,
  },
  generator: { busy: 0.2, lateP99: 1, saturated: false },
  objectives: [],
  knee: null,
  phases: { operations: [{ kind: 'buy-label', n: 3, p50: 1, p99: 2, max: 3 }], jobs: [] },
  backlog: { most: 3, drainMs: 10, drained: true },
  binding: { resource: 'none', evidence: [] },
  cpuMs: { relay: 100, 'this generator': 50 },
  fleet: { restarts: {}, notReady: [] },
  poison: [],
  audit: {
    ok: true,
    accepted: 600,
    maybe: { accepted: 0, notAccepted: 0, unknown: 0 },
    byKind: {},
    terminalStates: {},
    checked: { operations: 600 },
    findings: [],
    findingsTotal: 0,
    findingsByCode: {},
    unchecked: [],
  },
  cleanedUp: null,
  series: {
    seconds: [{ started: 30, ended: 29, dropped: 0 }],
    moments: [{ at: 500, backlog: { 'label-purchase': 3 } }],
  },
} satisfies FloodReport;

describe('a flood fails', () => {
  test('when the audit found something, whatever the times were', () => {
    const audit = { ...passed.audit, ok: false, findingsTotal: 1 };
    expect(failuresOf({ ...passed, audit })).toEqual(['the audit found 1 thing amiss']);
    const latency = { ...passed.latency, valid: false };
    expect(failuresOf({ ...passed, audit, latency })).toEqual(['the audit found 1 thing amiss']);
  });

  test('when an objective was not met; and when the generator was saturated, since then nobody can say', () => {
    const objectives = [{ objective: 'p99=50ms', limitMs: 50, foundMs: 90, met: false }];
    expect(failuresOf({ ...passed, objectives })).toEqual(['p99=50ms was asked, 90 ms found']);
    const met = [{ ...objectives[0]!, met: true }];
    expect(failuresOf({ ...passed, objectives: met })).toEqual([]);
    const latency = { ...passed.latency, valid: false };
    expect(failuresOf({ ...passed, objectives: met, latency })).toHaveLength(1);
  });

  test('when a process did not come back, or poison did not end as it must', () => {
    expect(failuresOf({ ...passed, fleet: { restarts: { relay: 1 }, notReady: ['relay'] } })).toHaveLength(1);
    expect(failuresOf({ ...passed, fleet: { restarts: { relay: 1 }, notReady: [] } })).toEqual([]);
    const kind = { kind: 'throws', what: '', end: 'dead', sent: 2, accounted: 2, reasons: {}, amiss: [] } as const;
    expect(failuresOf({ ...passed, poison: [kind] })).toEqual([]);
    const amiss = [{ subject: 'message 7', found: 'ready' }];
    expect(failuresOf({ ...passed, poison: [{ ...kind, accounted: 1, amiss }] })).toEqual([
      'poison (throws): 1 of 2 did not end as they must; message 7: ready',
    ]);
  });

  test('when not everything had ended, and in no other case', () => {
    expect(failuresOf({ ...passed, backlog: { ...passed.backlog, drained: false } })).toHaveLength(1);
    expect(failuresOf(passed)).toEqual([]);
  });
});

test('the resource that binds is named by what was measured', () => {
  const usage = {
    machine: { cores: 4, busyMs: 0 },
    seconds: 10,
    cpuMs: {},
    waits: {},
    lagMs: {},
    redis: { mainThreadMs: 0, commands: 0 },
  };
  expect(bindingResource({ ...usage, cpuMs: { relay: 9_500, gateway: 100 } }).resource).toBe('the one core of relay');
  expect(bindingResource({ ...usage, cpuMs: { postgres: 30_000, relay: 6_000 } }).resource).toMatch(/^CPU.*postgres/);
  expect(bindingResource({ ...usage, waits: { 'LWLock WALWrite': 90, CPU: 30 } }).resource).toBe(
    'PostgreSQL: LWLock WALWrite',
  );
  expect(bindingResource({ ...usage, redis: { mainThreadMs: 9_000, commands: 500_000 } })).toMatchObject({
    resource: 'the one thread of redis',
    evidence: expect.arrayContaining(['Redis 50000 commands/s, its one thread 90 % busy']),
  });
  const machine = { cores: 4, busyMs: 36_000 };
  expect(bindingResource({ ...usage, machine, cpuMs: { relay: 6_000, postgres: 0 } }).resource).toBe(
    'CPU of the machine, 3.00 of 4 cores used by others',
  );
  expect(bindingResource({ ...usage, machine, cpuMs: { relay: 6_000 } }).resource).toMatch(
    /its PostgreSQL and its Redis among/,
  );
  expect(bindingResource({ ...usage, cpuMs: { relay: 100 } }).resource).toMatch(/^none/);
  const fromFar = { ...usage, machine: null, redis: null, cpuMs: { 'this generator': 9_000 } };
  expect(bindingResource(fromFar).resource).toBe('the one core of this generator');
  expect(bindingResource({ ...fromFar, cpuMs: { 'this generator': 900 } }).resource).toBe('not visible from here');
});

test('what a job spent between two looks at the metrics is what grew', () => {
  const metrics = (count: number, sum: number) =>
    `ge_job_unsent_seconds_count{job="a"} ${count}\nge_job_unsent_seconds_sum{job="a"} ${sum / 2}\n` +
    `ge_job_wait_seconds_count{service="w",job="a"} ${count}\nge_job_wait_seconds_sum{service="w",job="a"} ${sum}\n` +
    `ge_batch_jobs_count{job="a"} ${count / 2}\nge_batch_jobs_sum{job="a"} ${count}\nge_other{job="a"} 7\n`;
  const [phase] = phasesBetween(jobSums(metrics(10, 1)), jobSums(metrics(30, 3)));
  expect(phase).toMatchObject({ job: 'a', n: 20, unsentMs: 50, queuedMs: 100, jobsPerBatch: 2 });
});

test('two floods are compared figure by figure; what only one of them had is no change', () => {
  const other = { ...passed, load: { ...passed.load, rate: 45 }, latency: { ...passed.latency, byKind: {} } };
  const rows = compared(passed, other);
  expect(rows.find(({ what }) => what === 'starts per second')).toMatchObject({ a: 30, b: 45, change: 0.5 });
  expect(rows.find(({ what }) => what === 'response p99 of label, ms')).toMatchObject({ a: 90, b: null, change: null });
});

test('what got worse is named by its direction: slower, fewer, more amiss; not what is chance', () => {
  const latency = { ...passed.latency, response: { ...passed.latency.response, p50: 26, p99: 80, max: 9_000 } };
  const load = { ...passed.load, rate: 20, dropped: 3 };
  const audit = { ...passed.audit, findingsTotal: 1 };
  const names = (share: number) =>
    worseThan(compared(passed, { ...passed, latency, load, audit }), share).map(({ what }) => what);
  expect(names(0.1)).toEqual(['starts per second', 'dropped', 'response p50, ms', 'found amiss']);
  expect(names(0.31)).toEqual(['starts per second', 'dropped', 'found amiss']);
  expect(worseThan(compared(passed, passed), 0)).toEqual([]);
});

test('the page holds everything in itself, and what was found stands on it as text', () => {
  const finding = {
    code: 'command.lost',
    kind: 'x',
    subject: '<script>',
    expected: 'a',
    found: 'b',
    hint: 'c',
  } as never;
  const page = reportPage({ ...passed, ok: false, audit: { ...passed.audit, findings: [finding], findingsTotal: 1 } });
  expect(page).not.toMatch(/<script|(?:src|href)=/);
  expect(page).toContain('mixed &lt;b&gt;');
  expect(page).toContain('<td>&lt;script&gt;</td>');
  expect(page.match(/<svg/g)).toHaveLength(4);
  const times = { p50: 1, p90: 2, p99: 3, p999: 4, max: 5, drainMs: 6, binding: { resource: 'none', evidence: [] } };
  const step = { ...times, rate: 30, answered: 30, held: true, why: null };
  const steps = [step, { ...step, rate: 60, answered: 41, held: false, why: 'p99=2ms: 3 ms found' }];
  const searched = reportPage({ ...passed, knee: { objectives: ['p99=2ms'], rate: 30, steps } });
  expect(searched.match(/<svg/g)).toHaveLength(5);
  expect(searched).toContain('no: p99=2ms: 3 ms found');
});

test('the page of a fleet that goes on names what could not be seen, what was taken back and what stays', () => {
  const notVisible = [{ what: 'Redis', why: 'only its API is used' }];
  const flooded = { kind: 'elsewhere', url: 'http://ge', notVisible } as const;
  const cleanedUp = { takenBack: ['4 sellers deactivated'], stays: ['the sellers themselves'] };
  const page = reportPage({ ...passed, flooded, cleanedUp, cpuMs: { 'this generator': 10 } });
  for (const line of [
    'Redis: only its API is used',
    '4 sellers deactivated',
    'the sellers themselves',
    'Not visible from where',
  ])
    expect(page).toContain(line);
  expect(page).toContain('on a fleet elsewhere');
  expect(page.match(/<svg/g)).toHaveLength(3);
  expect(reportPage(passed)).not.toContain('A fleet that goes on');
});
