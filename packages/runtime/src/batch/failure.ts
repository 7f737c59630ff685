/** SQLSTATE classes and codes after which the same batch may simply be run again, since nothing of it was committed. */
const passing = new Set([
  '40001',
  '40P01',
  '55P03',
  '25006',
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
  'ENETUNREACH',
]);

/**
 * True for a lost connection, a server that only reads (after a failover), a deadlock, a serialization failure, a lock or
 * transaction timeout: the whole batch runs again and no job is charged with an attempt.
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

/** SQLSTATE of what took longer than a statement or a transaction may. */
const tooSlow = new Set(['57014', '25P03', '25P04']);

/** True for a passing failure that may also be the work's own fault: repeated, it says that the work is too much at once. */
export const isTooSlow = (error: unknown): boolean =>
  error instanceof Error && tooSlow.has(String((error as { code?: unknown }).code));

/**
 * A failure as it may be stored and shown: its name, its code and the first line of its text, as characters that
 * PostgreSQL can store. Values of rows are left out: a database error has them in other fields, and where it speaks of
 * the data themselves (SQLSTATE class 22) in quotes.
 */
export function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return 'an unknown failure';
  const code = (error as { code?: unknown }).code;
  const aboutData = typeof code === 'string' && /^22[0-9A-Z]{3}$/.test(code);
  const text = aboutData ? error.message.replace(/["«»„“‘].*/s, '"…"') : error.message;
  const first = text
    .split('\n', 1)[0]!
    .slice(0, 300)
    .toWellFormed()
    .replace(/\p{Cc}/gu, ' ');
  return typeof code === 'string' || typeof code === 'number'
    ? `${error.name} ${code}: ${first}`
    : `${error.name}: ${first}`;
}
