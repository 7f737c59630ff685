/**
 * The evolving states of one table during a batch: decisions read and replace rows here, so that two jobs on one row
 * see each other in id order, and `save` writes each changed row once.
 */
export class RowSet<Row extends object> {
  readonly #keyOf: (row: Row) => string;
  readonly #rows = new Map<string, Row>();
  readonly #changed = new Set<string>();
  readonly #added = new Set<string>();
  readonly #removed = new Map<string, Row>();
  #undo: (() => void)[] = [];

  constructor(rows: Iterable<Row>, keyOf: (row: Row) => string) {
    this.#keyOf = keyOf;
    for (const row of rows) this.#rows.set(keyOf(row), row);
  }

  get(key: string): Row | undefined {
    return this.#rows.get(key);
  }

  has(key: string): boolean {
    return this.#rows.has(key);
  }

  /** All rows, in the order they were loaded and added. */
  values(): Row[] {
    return [...this.#rows.values()];
  }

  /** Replaces a row that was loaded, or one added in this batch. */
  put(row: Row): void {
    const key = this.#keyOf(row);
    const before = this.#rows.get(key);
    if (!before) throw new Error('put: the row was not loaded; use add for a new one');
    if (before === row) return;
    const wasChanged = this.#changed.has(key);
    this.#rows.set(key, row);
    if (!this.#added.has(key)) this.#changed.add(key);
    this.#undo.push(() => {
      this.#rows.set(key, before);
      if (!wasChanged) this.#changed.delete(key);
    });
  }

  /** Adds a row that is to be inserted. */
  add(row: Row): void {
    const key = this.#keyOf(row);
    if (this.#rows.has(key)) throw new Error('add: there is such a row already; use put');
    this.#rows.set(key, row);
    this.#added.add(key);
    this.#undo.push(() => {
      this.#rows.delete(key);
      this.#added.delete(key);
    });
  }

  /** Takes a row away; decisions after this one no longer see it. */
  remove(key: string): void {
    const row = this.#rows.get(key);
    if (!row) return;
    const wasChanged = this.#changed.delete(key);
    const wasAdded = this.#added.delete(key);
    this.#rows.delete(key);
    if (!wasAdded) this.#removed.set(key, row);
    this.#undo.push(() => {
      this.#rows.set(key, row);
      this.#removed.delete(key);
      if (wasChanged) this.#changed.add(key);
      if (wasAdded) this.#added.add(key);
    });
  }

  /** Loaded rows that were taken away. */
  removed(): Row[] {
    return [...this.#removed.values()];
  }

  /** Loaded rows that were replaced. */
  changed(): Row[] {
    return [...this.#changed].map((key) => this.#rows.get(key)!);
  }

  added(): Row[] {
    return [...this.#added].map((key) => this.#rows.get(key)!);
  }

  /** Starts a job's decision: `revert` goes back to here. */
  mark(): void {
    this.#undo = [];
  }

  /** Takes back what the current job did, after its decision threw. */
  revert(): void {
    for (const step of this.#undo.reverse()) step();
    this.#undo = [];
  }
}

/** The row sets among the values of a handler's state. */
export const rowSetsOf = (state: unknown): RowSet<object>[] =>
  state !== null && typeof state === 'object'
    ? Object.values(state).filter((value): value is RowSet<object> => value instanceof RowSet)
    : [];
