import { isIP } from 'node:net';

/** Where and how to connect, read from an SMTP URL. */
export interface SmtpServerOptions {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (`smtps:`); otherwise STARTTLS is used where the server offers it. */
  readonly secure: boolean;
  /** Refuse to go on without STARTTLS. */
  readonly requireTLS: boolean;
  readonly auth?: { readonly user: string; readonly pass: string };
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

/**
 * Reads `smtp://` or `smtps://[user:password@]host[:port]`. Options in the query are refused: they could switch
 * certificate checks off. Credentials are never sent unencrypted except to this very machine.
 * Throws RangeError without repeating the URL, which may hold a password.
 */
export function readSmtpUrl(smtpUrl: string): SmtpServerOptions {
  const url = URL.canParse(smtpUrl) ? new URL(smtpUrl) : undefined;
  const secure = url?.protocol === 'smtps:';
  if (!url?.hostname || (!secure && url.protocol !== 'smtp:') || url.search || url.hash || !/^\/?$/.test(url.pathname))
    throw new RangeError('the SMTP URL must look like smtp://host:port or smtps://user:password@host');
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const auth = url.username
    ? { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }
    : {};
  return {
    host,
    port: url.port ? Number(url.port) : secure ? 465 : 587,
    secure,
    requireTLS: !secure && url.username !== '' && !isLoopback(host),
    ...auth,
  };
}
