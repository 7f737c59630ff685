import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arrivalKinds, startsOf } from '../generator/arrivals.ts';
import { Generator } from '../generator/generator.ts';
import { Latencies } from '../generator/latencies.ts';
import { judge, parseDuration, parseObjective } from '../generator/objective.ts';
import { Random, Zipf } from '../generator/random.ts';

const never = new AbortController().signal;

describe('intended starts', () => {
  const arrivals = fc.record({
    kind: fc.constantFrom(...arrivalKinds),
    rate: fc.double({ min: 1, max: 500, noNaN: true }),
    seconds: fc.double({ min: 0.5, max: 20, noNaN: true }),
  });

  test('are in order, within the time, and those that a seed decides', () => {
    fc.assert(
      fc.property(arrivals, fc.nat(), (asked, seed) => {
        const starts = [...startsOf(asked, new Random(seed))];
        expect(starts).toEqual([...startsOf(asked, new Random(seed))]);
        expect(starts).toEqual(starts.toSorted((a, b) => a - b));
        for (const start of starts) expect(start >= 0 && start <= asked.seconds * 1_000 + 1e-6).toBe(true);
      }),
    );
  });

  test('are as many as the rate says: exactly when constant, half of it up a ramp, about so when they come by chance', () => {
    fc.assert(
      fc.property(arrivals, fc.nat(), ({ rate, seconds }, seed) => {
        const count = (kind: (typeof arrivalKinds)[number]) =>
          [...startsOf({ kind, rate, seconds }, new Random(seed))].length;
        expect(count('constant')).toBe(Math.floor(rate * seconds));
        expect(count('ramp')).toBe(Math.floor((rate * seconds) / 2));
        // Six standard deviations of a Poisson distribution.
        expect(Math.abs(count('poisson') - rate * seconds)).toBeLessThan(6 * Math.sqrt(rate * seconds) + 6);
      }),
    );
  });
});

test('the first seller of a Zipf distribution has the most to do, and nobody is drawn who is not there', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 200 }), fc.nat(), (sellers, seed) => {
      const random = new Random(seed);
      const zipf = new Zipf(sellers, 1.2);
      const times = new Array<number>(sellers).fill(0);
      for (let no = 0; no < 3_000; no += 1) times[zipf.draw(random)]! += 1;
      expect(times).toHaveLength(sellers);
      expect(times[0]).toBe(Math.max(...times));
    }),
    { numRuns: 20 },
  );
});

describe('the generator', () => {
  const run = (over: Partial<Parameters<Generator['run']>[0]>) =>
    new Generator().run({
      starts: startsOf({ kind: 'constant', rate: 200, seconds: 0.5 }, new Random(1)),
      seconds: 0.5,
      atOnce: 1_000,
      start: async () => ({ kind: 'any', outcome: 'accepted' }),
      stopping: never,
      ...over,
    });

  test('counts a pause of its own as waiting: in the response time of everything that was to start then, not in its service time', async () => {
    let calls = 0;
    const { all, started } = await run({
      start: async () => {
        calls += 1;
        const until = performance.now() + (calls === 10 ? 200 : 0);
        while (performance.now() < until);
        return { kind: 'any', outcome: 'accepted' };
      },
    });
    expect(started).toBe(100);
    // One start in a hundred was slow; forty were to begin while it was.
    expect(all.service.at(90)).toBeLessThan(50);
    expect(all.response.at(90)).toBeGreaterThan(100);
  });

  test('drops a start when too many answers are missing, and counts it', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let calls = 0;
    const running = run({
      atOnce: 5,
      start: async () => {
        calls += 1;
        await promise;
        return { kind: 'any', outcome: 'accepted' };
      },
      starts: (function* () {
        yield* new Array<number>(20).fill(0);
        resolve();
      })(),
    });
    const { started, dropped } = await running;
    expect({ started, dropped, calls }).toEqual({ started: 5, dropped: 15, calls: 5 });
  });

  test('that is busy itself says that its times are not those of the fleet', async () => {
    const busy = await run({
      start: async () => {
        const until = performance.now() + 10;
        while (performance.now() < until);
        return { kind: 'any', outcome: 'accepted' };
      },
    });
    expect(busy.generator.saturated).toBe(true);
  });

  test('ends with what a start threw, and begins no more', async () => {
    let calls = 0;
    const failing = run({
      start: async () => {
        calls += 1;
        if (calls === 3) throw new Error('broken');
        return { kind: 'any', outcome: 'accepted' };
      },
    });
    await expect(failing).rejects.toThrow('broken');
    expect(calls).toBeLessThan(100);
  });

  test('of a closed load has no more under way than users, and tells outcomes and reasons apart', async () => {
    let underWay = 0;
    let most = 0;
    const { outcomes, notAccepted, started } = await run({
      starts: null,
      seconds: 0.1,
      atOnce: 3,
      start: async () => {
        underWay += 1;
        most = Math.max(most, underWay);
        await new Promise((resolve) => setImmediate(resolve));
        underWay -= 1;
        return { kind: 'any', outcome: 'refused', why: 'order.held' };
      },
    });
    expect(most).toBe(3);
    expect(notAccepted).toEqual({ 'order.held': started });
    expect(outcomes).toEqual({ accepted: 0, refused: started, overloaded: 0, maybe: 0 });
  });
});

describe('an objective', () => {
  test('is a percentile or the maximum, and a time; anything else is none', () => {
    expect(parseObjective('p99=200ms')).toMatchObject({ percent: 99, ms: 200 });
    expect(parseObjective('p99.9=1.5s')).toMatchObject({ percent: 99.9, ms: 1_500 });
    expect(parseObjective('max=2s')).toMatchObject({ percent: 100, ms: 2_000 });
    for (const none of ['', 'p99', 'p99=', 'p0=1s', 'p99=0ms', 'p99=1h', 'q=1s', 'p100=1s'])
      expect(parseObjective(none)).toBeNull();
  });

  test('is met when that share of all was answered in time', () => {
    const latencies = new Latencies();
    for (let ms = 1; ms <= 100; ms += 1) latencies.record(ms);
    const asked = ['p50=50.1ms', 'p50=49ms', 'max=101ms'].map((text) => parseObjective(text)!);
    expect(judge(asked, latencies).map(({ met }) => met)).toEqual([true, false, true]);
  });

  test('a duration is a positive time of at most a day', () => {
    expect(['20s', '500ms', '2m', '1h', '5'].map(parseDuration)).toEqual([20, 0.5, 120, 3_600, 5]);
    for (const none of ['', '0s', '-1s', '25h', 'x', '1 s s']) expect(parseDuration(none)).toBeNull();
  });
});
