import type { AddressInfo, Socket } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** What the server does with one mail, told by its recipient and how often that one was tried before. */
export type Answer = 'accept' | 'accept and say nothing' | { readonly refuse: number };

export interface MailServer {
  readonly url: string;
  /** Every mail that was taken over, in order of arrival. */
  readonly mails: readonly Email[];
  to(recipient: string): readonly Email[];
  /** How many it has been given and not answered yet. */
  readonly inHand: number;
  close(): Promise<void>;
}

/**
 * A real SMTP server on a free port. It may refuse a recipient, or take a mail and lose the connection before it says so;
 * what it is given before `opens` it answers then.
 */
export async function startMailServer(
  answerTo: (recipient: string, attempt: number) => Answer = () => 'accept',
  opens: Promise<unknown> = Promise.resolve(),
): Promise<MailServer> {
  const mails: Email[] = [];
  const attempts = new Map<string, number>();
  const sockets = new Map<string, Socket>();
  let inHand = 0;
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 100,
    onRcptTo: ({ address }, _session, done) => {
      const attempt = attempts.get(address) ?? 0;
      attempts.set(address, attempt + 1);
      const answer = answerTo(address, attempt);
      if (typeof answer === 'string') done();
      else done(Object.assign(new Error(`no mail for <${address}> now`), { responseCode: answer.refuse }));
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', async () => {
        const { address } = session.envelope.rcptTo[0]!;
        inHand += 1;
        await opens;
        inHand -= 1;
        mails.push(await PostalMime.parse(Buffer.concat(chunks)));
        if (answerTo(address, attempts.get(address)! - 1) === 'accept') done(null, 'queued');
        else sockets.get(`${session.remotePort}`)?.resetAndDestroy();
      });
    },
  });
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => {
    const name = `${socket.remotePort}`;
    sockets.set(name, socket);
    socket.once('close', () => sockets.delete(name));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    to: (recipient) => mails.filter((mail) => mail.to?.some(({ address }) => address === recipient)),
    get inHand() {
      return inHand;
    },
    close: () => new Promise<void>((closed) => server.close(closed)),
  };
}
