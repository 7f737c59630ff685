import type { Measured, Run } from './measure.ts';

/** The middle of the values, or the mean of the two in the middle. @throws Error when there are none */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error('there is no median of nothing');
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * What runs side by side say together: only figures of one run are compared with each other, so the ratio is the median of
 * the runs' ratios and not the ratio of the medians.
 */
export function summarise(
  turns: readonly { readonly ours: number; readonly peer: number }[],
): Pick<Measured, 'ratio' | 'ours' | 'peer' | 'runs' | 'spread'> {
  const runs: Run[] = turns.map(({ ours, peer }) => ({ ours, peer, ratio: ours / peer }));
  const ratios = runs.map(({ ratio }) => ratio);
  return {
    ratio: median(ratios),
    ours: median(runs.map(({ ours }) => ours)),
    peer: median(runs.map(({ peer }) => peer)),
    runs,
    spread: { lowest: Math.min(...ratios), highest: Math.max(...ratios) },
  };
}
