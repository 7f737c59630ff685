import type { Measure } from './measure.ts';

/** Every measure, in the order of its number. */
export const measures: readonly Measure[] = [];
