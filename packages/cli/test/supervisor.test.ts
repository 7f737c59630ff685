import { startedAt } from '@ge/embedded';
import { expect, test } from 'vitest';
import { waitAfter } from '../src/supervisor/backoff.ts';
import { fixture, startFixtures } from './fixture-fleet.ts';

test('a fleet is started when every service says it is ready, each on ports of its own', async () => {
  const { fleet } = await startFixtures([fixture('one'), fixture('two')]);
  const ports = fleet.services.map((service) => service.ports.HEALTH_PORT);
  expect(new Set(ports).size).toBe(2);
  for (const service of fleet.services) {
    expect((await fetch(`${fleet.url(service.name, 'HEALTH_PORT')}/ready`)).status).toBe(200);
    expect(service.process.state).toBe('ready');
  }
});

test('services are told the servers and where the others are', async () => {
  const asking = {
    ...fixture('asking'),
    env: ({ url }) => ({ PEER_URL: url('asked', 'HEALTH_PORT') }),
  } satisfies ReturnType<typeof fixture>;
  const { fleet, lines, until } = await startFixtures([asking, fixture('asked')]);
  const expected = `database postgres://db.example/ge peer ${fleet.url('asked', 'HEALTH_PORT')}`;
  await until(() => lines.some(({ service, line }) => service === 'asking' && line.includes('database ')));
  expect(lines.find(({ service, line }) => service === 'asking' && line.includes('database '))?.line).toContain(
    expected,
  );
});

test('a service that dies is started again at the same port', async () => {
  const { fleet, events, until } = await startFixtures([fixture('mortal'), fixture('other')]);
  const { process: mortal } = fleet.service('mortal');
  const before = mortal.pid;
  const bystander = fleet.service('other').process.pid;
  mortal.signal('SIGKILL');
  await until(() => events.filter(({ service, kind }) => service === 'mortal' && kind === 'ready').length === 2);
  expect(mortal.pid).not.toBe(before);
  expect(mortal.restarts).toBe(1);
  expect(events.find(({ kind }) => kind === 'died')?.text).toBe('died (SIGKILL); starting again in 20 ms');
  expect((await fetch(`${mortal.healthUrl}/ready`)).status).toBe(200);
  expect(fleet.service('other').process.pid).toBe(bystander);
});

test('deaths in a row wait longer and longer, up to a limit', () => {
  const backoff = { firstMs: 250, longestMs: 10_000, steadyMs: 30_000 };
  expect([1, 2, 3, 6, 7, 50].map((deaths) => waitAfter(deaths, backoff))).toEqual([
    250, 500, 1000, 8000, 10_000, 10_000,
  ]);
});

test('services are stopped tier by tier, the highest first, and none is left', async () => {
  const { fleet, events } = await startFixtures([fixture('base', 1), fixture('worker', 2), fixture('edge', 3)]);
  const pids = fleet.services.map((service) => service.process.pid ?? 0);
  expect(await fleet.stop()).toEqual([]);
  expect(events.filter(({ kind }) => kind === 'stopped').map(({ service }) => service)).toEqual([
    'edge',
    'worker',
    'base',
  ]);
  expect(pids.map(startedAt)).toEqual([undefined, undefined, undefined]);
});

test('a service that does not stop in time is killed, and the fleet says so', async () => {
  const { fleet } = await startFixtures([fixture('deaf', 1, 'deaf'), fixture('polite')], { stopDeadlineMs: 100 });
  const pid = fleet.service('deaf').process.pid ?? 0;
  // However busy the machine is: the short deadline is for the one that never heeds it.
  expect(await fleet.service('polite').process.stop(60_000)).toBe(true);
  expect(await fleet.stop()).toEqual(['deaf']);
  expect(startedAt(pid)).toBeUndefined();
});

test('a service that waits to be started again is not started once the fleet stops', async () => {
  const { fleet, events, until } = await startFixtures([fixture('mortal')], {
    backoff: { firstMs: 30_000, longestMs: 30_000, steadyMs: 60_000 },
  });
  fleet.service('mortal').process.signal('SIGKILL');
  await until(() => events.some(({ kind }) => kind === 'died'));
  await fleet.stop();
  expect(fleet.service('mortal').process.state).toBe('stopped');
  expect(fleet.service('mortal').process.pid).toBeUndefined();
});

test('if one service cannot start, the error carries its last words and the others are stopped', async () => {
  const events: string[] = [];
  const starting = startFixtures([fixture('good'), fixture('broken', 1, 'cannot-start')], {
    onEvent: ({ service, kind }) => events.push(`${service} ${kind}`),
  });
  await expect(starting).rejects.toThrow(
    'broken does not start: exit code 1 3 times\nconfig: FIXTURE_URL is missing\nconfig: FIXTURE_URL is missing',
  );
  expect(events).toContain('good stopped');
});
