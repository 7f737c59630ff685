/**
 * Something on this machine is missing or in the way, and the person at the keyboard can cure it.
 * Shown as one line without a stack trace; `remedy` names the ways out.
 */
export class SetupProblem extends Error {
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(`${message}. ${remedy}`);
    this.name = 'SetupProblem';
    this.remedy = remedy;
  }
}
