import fc from 'fast-check';
import { expect, test } from 'vitest';
import { partFor, partsOf, queueOfPart, takenByAll } from '../src/parts.ts';

test('a queue has its own name and one for each further part, all of them its own', () => {
  expect(partsOf('sku-assignment', { 'sku-assignment': 3 })).toEqual([
    'sku-assignment',
    'sku-assignment.2',
    'sku-assignment.3',
  ]);
  expect(partsOf('label-purchase', { 'sku-assignment': 3 })).toEqual(['label-purchase']);
  expect(partsOf('label-purchase', {}).map(queueOfPart)).toEqual(['label-purchase']);
  expect(queueOfPart('sku-assignment.3')).toBe('sku-assignment');
});

test('bundles that begin at any regular distance are spread evenly', () => {
  const cases = fc.record({
    from: fc.integer({ min: 1, max: 2 ** 40 }),
    step: fc.integer({ min: 1, max: 500 }),
    count: fc.integer({ min: 1, max: 8 }),
  });
  fc.assert(
    fc.property(cases, ({ from, step, count }) => {
      const each = Array.from({ length: count }, () => 0);
      for (let no = 0; no < 4_000; no += 1) each[partFor(from + no * step, count)]! += 1;
      expect(Math.min(...each)).toBeGreaterThan(4_000 / count / 2);
    }),
  );
});

test('a queue is spread over the names that each of its workers takes from, whatever others take from', () => {
  const names = fc.integer({ min: 1, max: 100 });
  const taker = fc.record({ queue: fc.constantFrom('sku-assignment', 'label-purchase'), names });
  fc.assert(
    fc.property(fc.array(taker), (takers) => {
      const own = takers.filter(({ queue }) => queue === 'sku-assignment').map((one) => one.names);
      const spread = takenByAll('sku-assignment', takers);
      expect([...own, null]).toContain(spread);
      for (const names of own) expect(spread).toBeLessThanOrEqual(names);
    }),
  );
});
