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
  #hasId = false;
  #hasOperation = false;

  opened({ role, name }: ElementNode): void {
    if (role === 'body') {
      if (this.hasBody) this.#twice(name);
      this.hasBody = true;
    }
    if (role === 'group') this.groups.push(Object.create(null));
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
    } else {
      const target = role === 'groupField' ? this.groups.at(-1)! : this.fields;
      if (target[name] !== undefined) this.#twice(name.slice(name.lastIndexOf('/') + 1));
      target[name] = text;
    }
  }

  #twice(name: string): void {
    this.problems.push(problem('GE-15024', { column: name }));
  }
}
