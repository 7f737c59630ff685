import type { FeedRecord } from '@ge/feeds';

/** A big feed is applied in so many ranges of SKUs, one after the other. */
const rangeCount = 16;

/**
 * Where ranges of SKUs begin that hold about equally many of these records, behind the first range. Files name SKUs in any
 * order, and a slice of a file touches pages of the database from everywhere; a slice of one range touches few, and the slices
 * that follow it the same ones. The ranges say nothing about what becomes of a row: a bad guess costs time only.
 */
export function skuRangesOf(records: readonly FeedRecord[]): string[] {
  const skus = records.filter(({ kind }) => kind === 'assignment' || kind === 'deletion').map(({ sku }) => sku);
  skus.sort();
  const starts = Array.from(
    { length: rangeCount - 1 },
    (_, no) => skus[Math.floor(((no + 1) * skus.length) / rangeCount)],
  );
  return [...new Set(starts.filter((start) => start !== undefined))];
}

/** The number of the range that a SKU lies in: how many of the later ones begin at it or before. */
export function rangeOf(sku: string, ranges: readonly string[]): number {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ranges[middle]! <= sku) low = middle + 1;
    else high = middle;
  }
  return low;
}
