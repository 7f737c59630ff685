import { describeFailure } from '../batch/failure.ts';

/** What a log line says of an error. */
export interface LoggedError {
  readonly type: string;
  /** SQLSTATE or the system's code; null where the error has none. */
  readonly code: string | number | null;
  readonly message: string;
  /** Where it was thrown: frames only, since the stack's head repeats the message as it was. */
  readonly stack: readonly string[];
}

/**
 * An error as it may stand in a log. Whatever else a driver hangs on it is left out: `detail`, `where` and the like quote
 * rows and parameters, which may be a buyer's address.
 */
export function loggedError(error: unknown): LoggedError {
  if (!(error instanceof Error)) {
    return { type: typeof error, code: null, message: describeFailure(error), stack: [] };
  }
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    code: typeof code === 'string' || typeof code === 'number' ? code : null,
    message: describeFailure(error),
    stack: framesOf(error),
  };
}

function framesOf({ stack = '', message }: Error): string[] {
  const head = stack.indexOf(message);
  const frames = head < 0 ? stack : stack.slice(head + message.length);
  return frames
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim());
}
