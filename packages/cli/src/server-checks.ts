/** How long Redis and the mail server may take to answer. */
const PATIENCE_MS = 5_000;

/** Why a server cannot be worked with. */
export interface Refusal {
  /** false: what answers does not speak the protocol of such a server. */
  readonly speaks: boolean;
  readonly reason: string;
}

/** Asks a server in its own protocol whether it lets us in. @returns `undefined` when it does. Never with a password. */
export type ServerCheck = (url: string) => Promise<Refusal | undefined>;

export const checkDatabase: ServerCheck = async (url) => {
  // Loaded late, like the others: nobody whose servers are local should wait for these clients.
  const { openDatabase } = await import('@ge/database');
  try {
    const database = await openDatabase({ url, applicationName: 'ge-check', poolSize: 1 });
    await database.close();
    return undefined;
  } catch (error) {
    const { code, message } = root(error);
    // Five characters: a code of PostgreSQL itself.
    return { speaks: /^[0-9A-Z]{5}$/.test(code ?? ''), reason: message };
  }
};

export const checkQueues: ServerCheck = async (url) => {
  const { checkRedis } = await import('@ge/queue');
  try {
    await checkRedis(url, PATIENCE_MS);
    return undefined;
  } catch (error) {
    const { name, message } = error as Error;
    const reason = message.startsWith('NOAUTH') ? 'it wants a password: redis://:<password>@<host>:<port>' : message;
    return { speaks: name === 'ReplyError', reason: reason.replace(' Please report this.', '') };
  }
};

export const checkMail: ServerCheck = async (url) => {
  const { createMailer } = await import('@ge/mailer');
  try {
    const mailer = createMailer({ smtpUrl: url, from: 'check@example.com', connectTimeoutMs: PATIENCE_MS });
    const check = await mailer.verify();
    await mailer.close();
    return check.ok ? undefined : { speaks: !silent.has(check.code), reason: check.reason };
  } catch (error) {
    // Said before anything is connected: the URL itself is wrong.
    return { speaks: true, reason: (error as Error).message };
  }
};

/** Outcomes in which nothing was said that a mail server says. */
const silent = new Set(['CONNECTION', 'TIMEOUT', 'PROTOCOL']);

/** The driver's error below those of the layers above it. */
function root(error: unknown): { readonly message: string; readonly code?: string } {
  let at = error as Error & { code?: string };
  while (at.cause instanceof Error) at = at.cause;
  return at;
}
