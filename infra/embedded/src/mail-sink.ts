import { randomBytes } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SMTPServer, SMTPServerDataStream, SMTPServerSession } from 'smtp-server';
import { reservePort } from './ports.ts';

export interface MailSinkOptions {
  /** Every accepted mail becomes one `.eml` file here; names sort by time of arrival. */
  readonly mailDir: string;
  /** First port to try, 1025 unless told. */
  readonly port?: number;
}

export interface MailSink {
  readonly url: string;
  readonly port: number;
  readonly mailDir: string;
  close(): Promise<void>;
}

const LARGEST_MAIL_BYTES = 10 * 1024 * 1024;

/** Starts a mail server on loopback that sends nothing on: a mail is accepted once its file is complete. */
export async function startMailSink(options: MailSinkOptions): Promise<MailSink> {
  const { mailDir } = options;
  // Loaded late: most who load this room start no mail server.
  const { SMTPServer } = await import('smtp-server');
  await mkdir(mailDir, { recursive: true });
  for (let from = options.port ?? 1025; ; ) {
    const reserved = await reservePort(from);
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      size: LARGEST_MAIL_BYTES,
      disableReverseLookup: true,
      closeTimeout: 500,
      logger: false,
      onData: (stream, session, callback) => {
        keepMail(mailDir, stream, session).then(() => callback(), callback);
      },
    });
    if (await listens(server, reserved.port)) {
      server.on('error', () => undefined);
      const close = () =>
        new Promise<void>((resolve) => {
          reserved.release();
          server.close(() => resolve());
        });
      return { url: `smtp://127.0.0.1:${reserved.port}`, port: reserved.port, mailDir, close };
    }
    reserved.release();
    from = reserved.port + 1;
  }
}

function listens(server: SMTPServer, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    );
    server.listen(port, '127.0.0.1', () => resolve(true));
  });
}

async function keepMail(mailDir: string, stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  if (stream.sizeExceeded) {
    throw Object.assign(new Error(`A mail may be at most ${LARGEST_MAIL_BYTES} bytes`), { responseCode: 552 });
  }
  const recipient = session.envelope.rcptTo[0]?.address ?? 'nobody';
  const name = `${timestamp()}-${randomBytes(3).toString('hex')}-${recipient.replaceAll(/[^\w.@+-]/g, '_').slice(0, 80)}`;
  const draft = join(mailDir, `.${name}`);
  await writeFile(draft, Buffer.concat(chunks));
  await rename(draft, join(mailDir, `${name}.eml`));
}

function timestamp(): string {
  return new Date().toISOString().replaceAll(/[:.]/g, '-');
}
