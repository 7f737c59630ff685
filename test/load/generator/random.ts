import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Draws that a seed decides: the same seed, the same load. */
export class Random {
  readonly #generator: ReturnType<typeof xoroshiro128plus>;

  constructor(seed: number) {
    this.#generator = xoroshiro128plus(seed);
  }

  /** From 0 up to, but not including, 1. */
  unit(): number {
    return uniformFloat64(this.#generator);
  }

  /** A whole number from 0 up to, but not including, `end`. */
  below(end: number): number {
    return Math.min(end - 1, Math.floor(this.unit() * end));
  }

  of<T>(items: readonly [T, ...T[]] | readonly T[]): T {
    return items[this.below(items.length)]!;
  }
}

/** Which of `count` sellers is next when the busiest has the most to do: rank r is drawn in proportion to 1 / r^exponent. */
export class Zipf {
  readonly #upTo: readonly number[];

  constructor(count: number, exponent: number) {
    let sum = 0;
    const weights = Array.from({ length: count }, (_, rank) => {
      sum += 1 / (rank + 1) ** exponent;
      return sum;
    });
    this.#upTo = weights.map((weight) => weight / sum);
  }

  draw(random: Random): number {
    const at = random.unit();
    const found = this.#upTo.findIndex((upTo) => at < upTo);
    return found === -1 ? this.#upTo.length - 1 : found;
  }
}
