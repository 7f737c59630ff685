/**
 * Lets batches run side by side, and a suspect run with nothing beside it: if it takes the process down, nobody else's
 * work goes down with it. Suspects wait for running batches; new batches wait for suspects.
 */
export class Gate {
  #running = 0;
  #waitingAlone: (() => void)[] = [];
  #waitingShared: (() => void)[] = [];
  #alone = false;

  /** Batches under way. */
  get running(): number {
    return this.#running;
  }

  /** Resolves once there is no suspect, with what is to be called when the work is over. */
  async enter(): Promise<() => void> {
    while (this.#alone || this.#waitingAlone.length > 0) await new Promise<void>((go) => this.#waitingShared.push(go));
    this.#running += 1;
    return () => {
      this.#running -= 1;
      this.#wake();
    };
  }

  async alone<T>(work: () => Promise<T>): Promise<T> {
    while (this.#alone || this.#running > 0) await new Promise<void>((go) => this.#waitingAlone.push(go));
    this.#alone = true;
    try {
      return await work();
    } finally {
      this.#alone = false;
      this.#wake();
    }
  }

  #wake(): void {
    if (this.#running === 0 && this.#waitingAlone.length > 0) {
      this.#waitingAlone.shift()!();
    } else if (this.#waitingAlone.length === 0) {
      for (const go of this.#waitingShared.splice(0)) go();
    }
  }
}
