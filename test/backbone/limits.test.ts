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
  expect(performance.now() - startedAt).toBeLessThan(30_000);
  await road.mend();
  await shared(one, other);
  await road.cut();
});

const five = { perSecond: 0.001, burst: 5 };

const granted = async (bucket: ReturnType<Limits['bucket']>, lane: string, times: number) => {
  const grants = await Promise.all(Array.from({ length: times }, () => bucket.take(lane)));
  return grants.filter((grant) => grant.granted).length;
};

/** Resolves once two processes take from the same buckets. */
const sharing = (one: Limits, other: Limits) =>
  expect
    .poll(async () => {
      const name = crypto.randomUUID();
      await one.bucket(name, five).take('a');
      return granted(other.bucket(name, five), 'a', 10);
    })
    .toBe(4);

test('a bucket is one for all processes, and one that is asked for less is closed for all of them', async () => {
  const space = testSpace();
  const [one, other] = [await limits(space), await limits(space)];
  await sharing(one, other);
  const [mine, theirs] = [one.bucket('five', five), other.bucket('five', five)];
  const taken = await Promise.all([granted(mine, 'a', 4), granted(theirs, 'b', 4)]);
  expect(taken[0] + taken[1]).toBe(5);

  const [free, alsoFree] = [one.bucket('free', null), other.bucket('free', null)];
  expect(await Promise.all([granted(free, 'a', 500), granted(alsoFree, 'a', 500)])).toEqual([500, 500]);
  await free.hush('a', 60_000);
  expect(await granted(free, 'a', 10)).toBe(0);
  await expect.poll(() => granted(alsoFree, 'a', 10)).toBe(0);
  expect(await granted(alsoFree, 'b', 10)).toBe(10);
});

test('while Redis is away each process has the bucket for itself, and remembers what it was asked for', async () => {
  const road = await cuttableRoad(testSpace().redisUrl);
  const space = { ...testSpace(), redisUrl: road.url };
  const [one, other] = [await limits(space), await limits(space)];
  await sharing(one, other);
  const [mine, theirs] = [one.bucket('five', five), other.bucket('five', five)];
  const free = one.bucket('free', null);
  await free.hush('a', 60_000);
  await road.cut();
  const startedAt = performance.now();
  expect(await granted(mine, 'a', 10)).toBe(5);
  expect(await granted(theirs, 'a', 10)).toBe(5);
  expect(await granted(free, 'a', 10)).toBe(0);
  expect(await granted(free, 'b', 10)).toBe(10);
  expect(performance.now() - startedAt).toBeLessThan(30_000);
  await road.mend();
});
