import type { CallOptions } from '../port/carrier.ts';

/** The time of a whole operation: it begins when the first call of it leaves, not while that waits at the gate. */
export class Allowance {
  readonly options: CallOptions;
  #end: number | undefined;

  constructor(options: CallOptions) {
    this.options = options;
  }

  /** What is left of it for the next call; at first all. */
  rest(): CallOptions {
    this.#end ??= performance.now() + this.options.timeoutMs;
    return { ...this.options, timeoutMs: Math.max(1, Math.ceil(this.#end - performance.now())) };
  }
}
