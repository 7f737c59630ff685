import type { FeedRecord } from '@ge/feeds';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rangeOf, skuRangesOf } from '../skuRanges.ts';

const assignment = (sku: string, place: number): FeedRecord => ({
  ...{ recordNo: place + 1, messageId: null, sku, problems: [] },
  ...{ kind: 'assignment', templateName: 'Home', templateId: null },
});

test('ranges hold about equally many of the SKUs they were made from', () => {
  const skus = Array.from({ length: 4_000 }, (_, no) => `SKU-${(no * 2_477) % 100_003}`);
  const ranges = skuRangesOf(skus.map(assignment));
  const sizes = [...Map.groupBy(skus, (sku) => rangeOf(sku, ranges)).values()].map((part) => part.length);
  expect(sizes).toEqual(Array.from({ length: 16 }, () => 250));
});

test('whatever the ranges, a higher SKU lies in no lower one, and what was rejected on reading makes none', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.string(), fc.string(), (skus, one, other) => {
      const ranges = skuRangesOf(skus.map(assignment));
      const [low, high] = one < other ? [one, other] : [other, one];
      expect(rangeOf(low, ranges)).toBeLessThanOrEqual(rangeOf(high, ranges));
      expect(ranges.length).toBeLessThan(16);
    }),
  );
  const rejected = {
    ...assignment('X'.repeat(5_000), 0),
    kind: 'rejected',
    orderId: '',
    orderItemId: '',
  } as FeedRecord;
  expect(skuRangesOf([rejected])).toEqual([]);
});
