import type { Command } from './command.ts';

/** What a command's 202 would say. */
export interface Answer {
  readonly operationId: string;
  /** Of a purchase. */
  readonly labelId?: string;
}

/** A command as it was accepted: with the number that it drew from its seller or, for a suspension, the list's version. */
export interface Accepted {
  readonly command: Command;
  readonly no: number;
  readonly at: Date;
  readonly answer: Answer;
}
