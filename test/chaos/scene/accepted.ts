import type { Command } from './command.ts';

/** A command as it was accepted: with the number that it drew from its seller or, for a suspension, the list's version. */
export interface Accepted {
  readonly command: Command;
  readonly no: number;
  readonly at: Date;
}
