import { problem } from '../problem/problem.ts';
import type { RowProblem } from '../record/record.ts';

/** Where a value that is read stands in a message; a patch by its place among the patches. */
export type ListingsField = 'messageId' | 'sku' | 'operationType' | 'group';
export type PatchField = 'op' | 'path' | 'value';

export interface Patch {
  op?: unknown;
  path?: unknown;
  value?: unknown;
}

/** Gathers what is read of one message; anything given twice is a finding, not a choice. */
export class ListingsMessage {
  readonly values: Partial<Record<ListingsField, unknown>> = {};
  readonly patches = new Map<number, Patch>();
  readonly problems: RowProblem[] = [];

  give(field: ListingsField, value: unknown, column: string): void {
    if (field in this.values) this.#twice(column);
    this.values[field] = value;
  }

  givePatch(place: number, field: PatchField, value: unknown): void {
    const patch = this.patches.get(place) ?? {};
    if (field in patch) this.#twice(field);
    patch[field] = value;
    this.patches.set(place, patch);
  }

  /** The same finding is noted once, so that a message costs no more than its limits. */
  #twice(column: string): void {
    if (!this.problems.some((one) => one.params.column === column)) this.problems.push(problem('GE-15024', { column }));
  }
}
