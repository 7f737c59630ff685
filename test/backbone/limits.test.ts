import { Limits } from '@ge/queue';
import { testSpace } from '@ge/testkit';
import { afterEach, expect, test } from 'vitest';
import { cuttableRoad } from './fixtures/cuttableRoad.ts';

const open: Limits[] = [];
const limits = async (space = testSpace()) => {
  const made = await Limits.open(space);
  open.push(made);
  return made;
};
afterEach(() => {
  for (const made of open.splice(0)) made.close();
});

const three = { name: 'three', amount: 3, seconds: 60 };

const allowed = async (limiter: ReturnType<Limits['limiter']>, caller: string, times: number) => {
  const standings = await Promise.all(Array.from({ length: times }, () => limiter.take(caller)));
  return standings.filter((standing) => standing.allowed).length;
};

/** Resolves once counting goes through Redis: another process sees it. */
const shared = (one: ReturnType<Limits['limiter']>, other: ReturnType<Limits['limiter']>) =>
  expect
    .poll(async () => {
      const caller = crypto.randomUUID();
      await one.take(caller);
      return (await other.look(caller)).remaining;
    })
    .toBe(2);

test('an allowance is one for all processes, however many calls come at once', async () => {
  const space = testSpace();
  const [one, other] = [(await limits(space)).limiter(three), (await limits(space)).limiter(three)];
  await shared(one, other);
  const taken = await Promise.all([allowed(one, 'A', 5), allowed(other, 'A', 5)]);
  expect(taken[0] + taken[1]).toBe(3);
  expect(await one.take('B')).toMatchObject({ allowed: true, remaining: 2 });
  const refused = await one.take('A');
  expect(refused).toMatchObject({ allowed: false, remaining: 0 });
  expect(refused.secondsToReset).toBeGreaterThan(50);
  expect(refused.secondsToReset).toBeLessThanOrEqual(60);
});

test('fleets that share a Redis do not count each other', async () => {
  const [one, other] = [(await limits()).limiter(three), (await limits()).limiter(three)];
  expect(await allowed(one, 'A', 5)).toBe(3);
  expect(await allowed(other, 'A', 5)).toBe(3);
});

test('what is added counts, what is given back does not, and looking takes nothing', async () => {
  const limiter = (await limits()).limiter(three);
  await limiter.add('A', 2);
  await limiter.look('A');
  expect(await limiter.look('A')).toMatchObject({ allowed: true, remaining: 1 });
  await limiter.add('A', 5);
  expect(await limiter.look('A')).toMatchObject({ allowed: false, remaining: 0 });
  await limiter.take('B');
  await limiter.add('B', -1);
  expect(await allowed(limiter, 'B', 4)).toBe(3);
  expect(await limiter.look('C')).toEqual({ allowed: true, remaining: 3, secondsToReset: 0 });
});

test('while Redis is away nobody waits, nobody is refused for it, and nobody has more than the allowance', async () => {
  const road = await cuttableRoad(testSpace().redisUrl);
  const space = { ...testSpace(), redisUrl: road.url };
  const [one, other] = [(await limits(space)).limiter(three), (await limits(space)).limiter(three)];
  await shared(one, other);
  await road.cut();
  const startedAt = performance.now();
  expect(await allowed(one, 'A', 10)).toBe(3);
  expect((await one.look('A')).allowed).toBe(false);
  expect(performance.now() - startedAt).toBeLessThan(3_000);
  await road.mend();
  await shared(one, other);
  await road.cut();
});
