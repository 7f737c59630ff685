import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { type BucketSize, type BucketState, hushed, takeFrom } from '../src/bucketRules.ts';
import { hushScript, takeScript } from '../src/bucketScripts.ts';
import { failingConnection } from '../src/connection.ts';

const redis = failingConnection({ redisUrl: process.env.GE_TEST_REDIS_URL!, namespace: 'unused' });
afterAll(() => redis.disconnect());

type Event =
  | { readonly kind: 'take'; readonly wanted: number; readonly reserve: number }
  | { readonly kind: 'hush'; readonly ms: number }
  | { readonly kind: 'wait'; readonly ms: number };

const size = fc.record<BucketSize>({
  perSecond: fc.double({ min: 0.5, max: 500, noNaN: true }),
  burst: fc.integer({ min: 1, max: 100 }),
});
const take = fc.record({
  kind: fc.constant('take' as const),
  wanted: fc.integer({ min: 1, max: 50 }),
  reserve: fc.nat(2),
});
const wait = fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(3_000) });
const hush = fc.record({ kind: fc.constant('hush' as const), ms: fc.nat(2_000) });
const course = fc.array(fc.oneof<fc.Arbitrary<Event>[]>(take, take, wait, hush), { maxLength: 30 });

const startAt = 1_795_000_000_000;

test('in no span of time more is granted than the burst and what flows in', () => {
  fc.assert(
    fc.property(size, course, (bucket, events) => {
      let state: BucketState = { bucket: null, lane: null };
      let now = startAt;
      const grants: { readonly at: number; readonly count: number }[] = [];
      for (const event of events) {
        if (event.kind === 'wait') now += event.ms;
        if (event.kind === 'hush') state = hushed(state, event.ms, now).state;
        if (event.kind !== 'take') continue;
        const isClosed = state.lane !== null && now < state.lane.quiet;
        const taken = takeFrom(state, { size: bucket, ...event }, now);
        if (isClosed) expect(taken.granted).toBe(0);
        expect(taken.waits).toHaveLength(event.wanted - taken.granted);
        for (const ms of taken.waits) expect(ms).toBeGreaterThan(0);
        expect(taken.waits.toSorted((a, b) => a - b)).toEqual(taken.waits);
        grants.push({ at: now, count: taken.granted });
        state = taken.state;
      }
      for (const [no, { at: from }] of grants.entries()) {
        let sum = 0;
        for (const { at, count } of grants.slice(no)) {
          sum += count;
          expect(sum).toBeLessThanOrEqual(bucket.burst + (bucket.perSecond * (at - from)) / 1_000 + 1e-6);
        }
      }
    }),
  );
});

test('whoever comes back at its turn is served, and no turn is missed by more than a moment', () => {
  fc.assert(
    fc.property(fc.option(size, { nil: null }), fc.integer({ min: 1, max: 300 }), (bucket, count) => {
      let state: BucketState = { bucket: null, lane: null };
      // All of them are told so at once: a storm.
      const due: number[] = [];
      for (let no = 0; no < count; no += 1) {
        const told = hushed(state, 1_000, startAt);
        state = told.state;
        due.push(startAt + told.waits[0]!);
      }
      let turns = 0;
      const served: number[] = [];
      while (due.length > 0) {
        due.sort((a, b) => a - b);
        const now = due.shift()!;
        const taken = takeFrom(state, { size: bucket, wanted: 1, reserve: 0 }, now);
        state = taken.state;
        turns += 1;
        if (taken.granted === 1) served.push(now);
        else due.push(now + taken.waits[0]!);
      }
      expect(served).toHaveLength(count);
      expect(served[0]).toBeGreaterThanOrEqual(startAt + 1_000);
      // A few come a little early or find the bucket empty; nobody comes again and again.
      expect(turns).toBeLessThanOrEqual(3 * count + 3);
      const inFirstTenth = served.filter((at) => at < startAt + 1_100).length;
      expect(inFirstTenth).toBeLessThanOrEqual(12);
    }),
  );
});

test('in Redis the rules are the same as in a process', async () => {
  let no = 0;
  await fc.assert(
    fc.asyncProperty(fc.option(size, { nil: null }), course, async (bucket, events) => {
      no += 1;
      const key = `{bucket-test-${process.pid}-${no}}`;
      const keys = [key, `${key}:lane`] as const;
      await redis.del(...keys);
      let state: BucketState = { bucket: null, lane: null };
      let now = startAt;
      for (const event of events) {
        if (event.kind === 'wait') now += event.ms;
        if (event.kind === 'hush') {
          const own = hushed(state, event.ms, now);
          state = own.state;
          const shared = await redis.eval(hushScript, 2, ...keys, now, event.ms);
          expect(Math.abs(Number(shared) - own.waits[0]!)).toBeLessThanOrEqual(1);
        }
        if (event.kind === 'take') {
          const { perSecond = 0, burst = 0 } = bucket ?? {};
          const own = takeFrom(state, { size: bucket, wanted: event.wanted, reserve: event.reserve }, now);
          state = own.state;
          const args = [now, perSecond, burst, event.wanted, event.reserve];
          const [granted, isMinded, waits] = (await redis.eval(takeScript, 2, ...keys, ...args)) as [
            number,
            number,
            number[],
          ];
          expect([granted, isMinded === 1, waits.length]).toEqual([own.granted, state.lane !== null, own.waits.length]);
          for (const [place, ms] of waits.entries()) expect(Math.abs(ms - own.waits[place]!)).toBeLessThanOrEqual(1);
        }
      }
      await redis.del(...keys);
    }),
    { numRuns: 60 },
  );
});
