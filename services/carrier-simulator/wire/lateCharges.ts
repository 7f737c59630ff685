/** Work that a carrier does long after it fell silent. When the simulator stops, what is due later is done at once: it would have landed. */
export class LateCharges {
  readonly #pending = new Map<NodeJS.Timeout, () => void>();

  schedule(ms: number, work: () => void): void {
    const timer = setTimeout(() => {
      this.#pending.delete(timer);
      work();
    }, ms);
    this.#pending.set(timer, work);
  }

  get pending(): number {
    return this.#pending.size;
  }

  flush(): void {
    for (const [timer, work] of this.#pending) {
      clearTimeout(timer);
      work();
    }
    this.#pending.clear();
  }
}
