export interface CollectorOptions<Item, Result> {
  readonly batchSize: number;
  /** Batches under way at once. */
  readonly inFlight: number;
  /** How long a batch that is not full waits for company while another one is under way. A lone item never waits. */
  readonly lingerMs: number;
  /** Resolves when the next batch may begin; results that are promises may still be to come. */
  readonly run: (items: readonly Item[]) => Promise<ReadonlyMap<Item, Result | Promise<Result>>>;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result | Promise<Result>) => void;
  readonly reject: (error: unknown) => void;
}

/** Gathers items that arrive one by one into batches: as big as the load makes them, never later than it must be. */
export class Collector<Item, Result> {
  readonly #options: CollectorOptions<Item, Result>;
  #waiting: Waiting<Item, Result>[] = [];
  #underWay = 0;
  #timer: NodeJS.Timeout | null = null;
  #scheduled = false;

  constructor(options: CollectorOptions<Item, Result>) {
    this.#options = options;
  }

  /** Whether items wait for a place. */
  get hasWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  /** Resolves with the item's own result. */
  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      this.#schedule();
    });
  }

  /** Items that arrive in the same turn of the event loop share a batch. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#start(false);
    });
  }

  #start(lingered: boolean): void {
    const { batchSize, inFlight, lingerMs } = this.#options;
    while (this.#waiting.length > 0 && this.#underWay < inFlight) {
      if (this.#waiting.length < batchSize && this.#underWay > 0 && !lingered) {
        this.#timer ??= setTimeout(() => {
          this.#timer = null;
          this.#start(true);
        }, lingerMs);
        return;
      }
      void this.#run(this.#waiting.splice(0, batchSize));
    }
  }

  async #run(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    this.#underWay += 1;
    try {
      const results = await this.#options.run(batch.map((entry) => entry.item));
      for (const entry of batch) {
        if (results.has(entry.item)) entry.resolve(results.get(entry.item)!);
        else entry.reject(new Error('The batch ended without a result for this item'));
      }
    } catch (error) {
      for (const entry of batch) entry.reject(error);
    } finally {
      this.#underWay -= 1;
      this.#start(false);
    }
  }
}
