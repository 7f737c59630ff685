import type { Measure } from './measure.ts';
import { p1 } from './measures/p1.ts';
import { p2 } from './measures/p2.ts';
import { p3 } from './measures/p3.ts';
import { p4 } from './measures/p4.ts';
import { p5 } from './measures/p5.ts';
import { p6 } from './measures/p6.ts';
import { p7 } from './measures/p7.ts';
import { p8 } from './measures/p8.ts';

/** Every measure, in the order of its number. */
export const measures: readonly Measure[] = [p1, p2, p3, p4, p5, p6, p7, p8];
