import fc from 'fast-check';
import { seed } from './seed.ts';

/** A value of the arbitrary as the run's seed has it; `salt` keeps draws of the same kind apart. */
export const drawn = <T>(arbitrary: fc.Arbitrary<T>, salt = 0): T =>
  fc.sample(arbitrary, { seed: seed + salt, numRuns: 1 })[0]!;

/** All of these in an order of the run's seed. */
export const shuffled = <T>(items: readonly T[], salt = 0): T[] =>
  drawn(fc.shuffledSubarray([...items], { minLength: items.length, maxLength: items.length }), salt);
