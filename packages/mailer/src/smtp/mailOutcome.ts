import type { NodemailerError } from 'nodemailer';
import { scrubResponse } from './scrub.ts';

/**
 * What became of one attempt.
 * - `accepted`: the server took the mail over.
 * - `refused`: it certainly did not. `permanent` = the same mail will be refused again; otherwise try later.
 * - `unknown`: the whole mail was handed over and no answer came; it may have gone out.
 * Texts never contain addresses, links or tokens.
 */
export type MailOutcome =
  | { readonly kind: 'accepted'; readonly response: string }
  | { readonly kind: 'refused'; readonly permanent: boolean; readonly code: string; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string };

/** How far one attempt got. */
export interface DeliveryProgress {
  /**
   * Set when the last byte of the mail is about to be handed to the connection, before the final dot. While it is unset
   * the server cannot have accepted the mail: without that dot it must throw it away (RFC 5321, 4.1.1.4).
   */
  handedOver: boolean;
}

/** The commands whose answer is about this mail; a 5xx to anything else is about the session or our credentials. */
const ABOUT_THE_MAIL: ReadonlySet<string | undefined> = new Set(['MAIL FROM', 'RCPT TO', 'DATA']);

/** Wrong sequence, authentication or encryption wanted: the operator has to act, the mail itself is not at fault. */
const ABOUT_THE_SESSION: ReadonlySet<number> = new Set([503, 523, 530, 534, 535, 538]);

const FAILURES: Readonly<Record<string, readonly [code: string, reason: string]>> = {
  ECONNECTION: ['CONNECTION', 'the connection to the mail server was closed'],
  ESOCKET: ['CONNECTION', 'the connection to the mail server failed'],
  ETIMEDOUT: ['TIMEOUT', 'the mail server did not answer in time'],
  EDNS: ['DNS', 'the name of the mail server could not be resolved'],
  ETLS: ['TLS', 'no trusted encrypted connection to the mail server'],
  EAUTH: ['AUTH', 'the mail server did not accept the credentials'],
  ENOAUTH: ['AUTH', 'the mail server wants credentials'],
  EPROTOCOL: ['PROTOCOL', 'the mail server broke the protocol'],
};

const UNNAMED = ['FAILED', 'the mail could not be handed to the mail server'] as const;

function answeredOutcome(error: NodemailerError, status: number, recipient: string): MailOutcome {
  const response = error.response ?? '';
  const enhanced = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1];
  return {
    kind: 'refused',
    permanent: status >= 500 && ABOUT_THE_MAIL.has(error.command) && !ABOUT_THE_SESSION.has(status),
    code: enhanced ? `${status} ${enhanced}` : String(status),
    reason: scrubResponse(response, recipient),
  };
}

// A refused certificate arrives as a socket error; what it was is only in the system's name for it.
const CERTIFICATE_TROUBLE = /CERT|SELF_SIGNED|^ERR_TLS|^ERR_SSL/;

/** Names a failure that carries no answer of the server. System error names (`ECONNREFUSED`) are kept, messages are not. */
export function describeFailure(error: NodemailerError): { readonly code: string; readonly reason: string } {
  const system = /^[A-Z][A-Z0-9_]{2,60}$/.test(error.originalCode ?? '') ? (error.originalCode ?? '') : '';
  const [code, reason] = FAILURES[CERTIFICATE_TROUBLE.test(system) ? 'ETLS' : (error.code ?? '')] ?? UNNAMED;
  return { code, reason: system ? `${reason} (${system})` : reason };
}

/** Why the caller ended the attempt. */
export type Interruption = 'TIMEOUT' | 'ABORTED' | undefined;

/**
 * Judges a failed attempt. An answer of the server (4xx, 5xx) is always believed. Without one the mail is `unknown`
 * exactly when all of it had been handed over; before that it provably did not go out and may be sent again.
 */
export function outcomeOfFailure(
  error: NodemailerError,
  progress: DeliveryProgress,
  recipient: string,
  interruption: Interruption,
): MailOutcome {
  const status = error.responseCode ?? 0;
  if (status >= 400 && status <= 599) return answeredOutcome(error, status, recipient);
  const failure = interruption
    ? {
        code: interruption,
        reason: interruption === 'TIMEOUT' ? 'the attempt took too long' : 'the attempt was stopped',
      }
    : describeFailure(error);
  if (progress.handedOver) return { kind: 'unknown', reason: `${failure.code}: ${failure.reason}` };
  if (error.code === 'EENVELOPE')
    return { kind: 'refused', permanent: true, code: 'INVALID_RECIPIENT', reason: 'the address cannot be sent to' };
  return { kind: 'refused', permanent: false, ...failure };
}
