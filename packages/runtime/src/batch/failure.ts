/** SQLSTATE classes and codes after which the same batch may simply be run again, since nothing of it was committed. */
const passing = new Set([
  '40001',
  '40P01',
  '55P03',
  '25P02',
  '25P03',
  '25P04',
  '57014',
  '57P01',
  '57P02',
  '57P03',
  '57P05',
]);
const passingClasses = new Set(['08', '53']);
const socketCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
]);

/**
 * True for a lost connection, a deadlock, a serialization failure, a lock or transaction timeout: the whole batch runs
 * again and no job is charged with an attempt.
 */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string') {
    if (passing.has(code) || socketCodes.has(code)) return true;
    if (/^[0-9A-Z]{5}$/.test(code)) return passingClasses.has(code.slice(0, 2));
  }
  if (
    /connection (terminated|ended|closed|lost)|timeout exceeded when trying to connect|client has encountered a connection error|Client was closed/i.test(
      error.message,
    )
  )
    return true;
  return error.cause !== undefined && error.cause !== error && isPassing(error.cause);
}

/**
 * A failure as it may be stored and shown: its name, its code and the first line of its text. Values of rows, which a
 * database error carries in other fields, are left out.
 */
export function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return 'an unknown failure';
  const code = (error as { code?: unknown }).code;
  const first = error.message.split('\n', 1)[0]!.slice(0, 300);
  return typeof code === 'string' || typeof code === 'number'
    ? `${error.name} ${code}: ${first}`
    : `${error.name}: ${first}`;
}
