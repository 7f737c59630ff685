import { problem } from '../problem/problem.ts';
import type { RowProblem } from '../record/record.ts';
import type { ElementNode } from './element-tree.ts';
import type { Message } from './message-format.ts';

/** Gathers the texts of one Message; anything given twice is a finding, not a choice. */
export class MessageCollector implements Message {
  operation = '';
  messageId = '';
  hasBody = false;
  readonly fields: Record<string, string | undefined> = Object.create(null);
  readonly groups: Record<string, string | undefined>[] = [];
  readonly problems: RowProblem[] = [];
  readonly #maxGroups: number;
  #surplus = false;
  #hasId = false;
  #hasOperation = false;

  constructor(maxGroups: number) {
    this.#maxGroups = maxGroups;
  }

  opened({ role, name }: ElementNode): void {
    if (role === 'body') {
      if (this.hasBody) this.#twice(name);
      this.hasBody = true;
    }
    if (role !== 'group') return;
    this.#surplus = this.groups.length === this.#maxGroups;
    if (!this.#surplus) this.groups.push(Object.create(null));
    else this.#note('GE-15027', { column: name, limit: this.#maxGroups });
  }

  closed({ role, name }: ElementNode, text: string): void {
    if (role === 'messageId') {
      if (this.#hasId) this.#twice(name);
      this.#hasId = true;
      this.messageId = text;
    } else if (role === 'operation') {
      if (this.#hasOperation) this.#twice(name);
      this.#hasOperation = true;
      this.operation = text;
    } else if (role !== 'groupField' || !this.#surplus) {
      const target = role === 'groupField' ? this.groups.at(-1)! : this.fields;
      if (target[name] !== undefined) this.#twice(name.slice(name.lastIndexOf('/') + 1));
      target[name] = text;
    }
  }

  #twice(column: string): void {
    this.#note('GE-15024', { column });
  }

  /** The same finding is noted once, so that a message costs no more than its limits. */
  #note(code: 'GE-15024' | 'GE-15027', params: RowProblem['params']): void {
    const noted = this.problems.some((one) => one.code === code && one.params.column === params.column);
    if (!noted) this.problems.push(problem(code, params));
  }
}
