import { createTransport, type NodemailerError, type SendMailOptions } from 'nodemailer';
import { composeMail } from './composeMail.ts';
import { parseSender, wireAddress } from './mailAddress.ts';
import {
  type DeliveryProgress,
  describeFailure,
  type Interruption,
  type MailOutcome,
  outcomeOfFailure,
} from './mailOutcome.ts';
import { findDefect, type OutgoingMail } from './outgoingMail.ts';
import { scrubResponse } from './scrub.ts';
import { readSmtpUrl } from './smtpServer.ts';

export interface MailerOptions {
  /** `smtp://host:port`, `smtps://user:password@host`; see `readSmtpUrl`. */
  readonly smtpUrl: string;
  /** `Name <address>`; its domain ends the Message-IDs. */
  readonly from: string;
  /** Address that takes requests for no more invitations; named in the List-Unsubscribe header of unsolicited mails. */
  readonly unsubscribeAddress?: string;
  /** Connections kept open to the server; default 4. */
  readonly maxConnections?: number;
  /** Mails per second over all connections; unlimited when left out. */
  readonly maxPerSecond?: number;
  /** Milliseconds to wait for a connection and for its greeting; default 10 000. */
  readonly connectTimeoutMs?: number;
  /** PEM certificates to trust instead of the system's, for a server with a private authority. */
  readonly ca?: string;
}

export interface SendOptions {
  /** Ends the attempt; the outcome then tells whether the mail may have gone out. */
  readonly signal?: AbortSignal;
  /** Milliseconds for the whole attempt, waiting for a free connection included; default 30 000. */
  readonly timeoutMs?: number;
}

export type MailServerCheck =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: string; readonly reason: string };

export interface Mailer {
  /** Makes one attempt. Never throws and never repeats a mail the server may have; what to do next is the caller's choice. */
  send(mail: OutgoingMail, options?: SendOptions): Promise<MailOutcome>;
  /** Connects, greets and logs in, sends nothing. */
  verify(): Promise<MailServerCheck>;
  /** Takes no more mails, waits for attempts under way (bounded by their timeouts), closes the connections. */
  close(): Promise<void>;
}

interface TrackedMail extends SendMailOptions {
  readonly progress: DeliveryProgress;
}

/** A pool of SMTP connections. Opens nothing until the first `send` or `verify`. Throws RangeError on a bad configuration. */
export function createMailer(options: MailerOptions): Mailer {
  const sender = parseSender(options.from);
  const unsubscribe = options.unsubscribeAddress === undefined ? undefined : wireAddress(options.unsubscribeAddress);
  if (options.unsubscribeAddress !== undefined && !unsubscribe)
    throw new RangeError('the unsubscribe address must be one plain address');
  const connectTimeout = options.connectTimeoutMs ?? 10_000;
  const transport = createTransport({
    ...readSmtpUrl(options.smtpUrl),
    pool: true,
    maxConnections: options.maxConnections ?? 4,
    // Only mails of which no byte was read are put back into the pool's queue, so this repeats nothing.
    maxRequeues: 2,
    ...(options.maxPerSecond ? { rateLimit: options.maxPerSecond, rateDelta: 1000 } : {}),
    connectionTimeout: connectTimeout,
    greetingTimeout: connectTimeout,
    socketCloseTimeout: 1000,
    tls: { minVersion: 'TLSv1.2', ...(options.ca ? { ca: options.ca } : {}) },
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false,
  });
  transport.use('stream', (mail, done) => {
    const { progress } = mail.data as TrackedMail;
    const message = mail.message;
    const createReadStream = message.createReadStream.bind(message);
    message.createReadStream = (streamOptions) => {
      const stream = createReadStream(streamOptions);
      // Registered before the connection's own listener, which answers the end with the final dot.
      stream.once('end', () => {
        progress.handedOver = true;
      });
      return stream;
    };
    done();
  });

  const underWay = new Set<Promise<MailOutcome>>();
  let closed = false;

  const attempt = async (mail: OutgoingMail, { signal, timeoutMs = 30_000 }: SendOptions): Promise<MailOutcome> => {
    const to = wireAddress(mail.to) ?? mail.to;
    const progress: DeliveryProgress = { handedOver: false };
    const timeout = AbortSignal.timeout(timeoutMs);
    const tracked: TrackedMail = {
      ...composeMail(mail, to, sender, unsubscribe),
      progress,
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    };
    try {
      const info = await transport.sendMail(tracked);
      return { kind: 'accepted', response: scrubResponse(info.response, to) };
    } catch (error) {
      const interruption: Interruption = signal?.aborted ? 'ABORTED' : timeout.aborted ? 'TIMEOUT' : undefined;
      return outcomeOfFailure(error as NodemailerError, progress, to, interruption);
    }
  };

  return {
    send: (mail, sendOptions = {}) => {
      const defect = findDefect(mail);
      if (defect) return Promise.resolve({ kind: 'refused', permanent: true, ...defect });
      if (closed) return Promise.resolve({ kind: 'refused', permanent: false, code: 'CLOSED', reason: 'closing down' });
      const sending = attempt(mail, sendOptions);
      underWay.add(sending);
      sending.finally(() => underWay.delete(sending));
      return sending;
    },
    verify: async () => {
      try {
        await transport.verify();
        return { ok: true };
      } catch (error) {
        return { ok: false, ...describeFailure(error as NodemailerError) };
      }
    },
    close: async () => {
      closed = true;
      await Promise.all(underWay);
      transport.close();
    },
  };
}
