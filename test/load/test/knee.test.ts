import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findKnee } from '../knee/findKnee.ts';

const search = { closeness: 0.1, mostSteps: 30 };
const upTo = (limit: number) => async (rate: number) => ({ rate, held: rate <= limit });

test('the knee is the highest rate that held, known to a tenth, where the search begins up to twelve times above it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.double({ min: 1, max: 10_000, noNaN: true }),
      fc.double({ min: 0.05, max: 12, noNaN: true }),
      async (limit, factor) => {
        const { steps, knee } = await findKnee(upTo(limit), { ...search, from: limit * factor });
        expect(knee!.rate).toBeLessThanOrEqual(limit);
        expect(knee!.rate * 1.1).toBeGreaterThanOrEqual(
          Math.min(...steps.filter((one) => !one.held).map((one) => one.rate)),
        );
      },
    ),
  );
});

test('where nothing holds there is no knee, and the search ends', async () => {
  const { steps, knee } = await findKnee(upTo(0), { ...search, from: 64 });
  expect(knee).toBeNull();
  expect(steps.map(({ rate }) => rate)).toEqual([64, 32, 16, 8, 4, 2]);
});

test('the search ends after so many steps, and when it is stopped', async () => {
  expect((await findKnee(upTo(1e9), { ...search, from: 1, mostSteps: 4 })).knee!.rate).toBe(8);
  let calls = 0;
  const stopped = await findKnee(async (rate) => (++calls > 2 ? null : { rate, held: true }), { ...search, from: 1 });
  expect(stopped.steps).toHaveLength(2);
});
