/** The user asked for something that cannot be: shown as one line, exit code 2, never a stack trace. */
export class UserMistake extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UserMistake';
  }
}
