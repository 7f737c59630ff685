import { describe, expect, it } from 'vitest';
import { openMailer, outgoing, RECIPIENT } from './mailBuilders.ts';
import { startMailServer, startScriptedServer } from './mailServerFixture.ts';

const answerWith = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode });
const large = () => outgoing({ content: { ...outgoing().content, text: 'all work and no play '.repeat(40_000) } });

/** Answers as a server does up to DATA; the test decides what follows it. */
const dialogue = (afterData: (line: string, write: (text: string) => void, drop: () => void) => void) => {
  let inData = false;
  return (line: string, socket: import('node:net').Socket) => {
    const write = (text: string) => void socket.write(text);
    if (inData) return afterData(line, write, () => socket.destroy());
    if (/^EHLO/.test(line)) return write('250 hello\r\n');
    if (/^(MAIL|RCPT)/.test(line)) return write('250 ok\r\n');
    if (/^DATA/.test(line)) {
      inData = true;
      afterData('DATA', write, () => socket.destroy());
    }
  };
};

describe('the server refuses', () => {
  it.each([
    [450, '4.2.0 greylisted, come back later', false, '450 4.2.0'],
    [550, '5.1.1 no such user', true, '550 5.1.1'],
    [553, 'mailbox name not allowed', true, '553'],
    [503, 'wrong order', false, '503'],
    [530, '5.7.0 authentication required', false, '530 5.7.0'],
  ])('the recipient with %i %s → permanent: %s', async (status, message, permanent, code) => {
    await using server = await startMailServer({
      onRcptTo: (_to, _session, done) => done(answerWith(status, message)),
    });
    await using mailer = openMailer(server.url);
    expect(await mailer.send(outgoing())).toEqual({
      kind: 'refused',
      permanent,
      code,
      reason: `${status} ${message}`,
    });
  });

  it.each([
    [451, false],
    [554, true],
  ])('the content with %i → permanent: %s, and the connection stays in use', async (status, permanent) => {
    let mails = 0;
    await using server = await startMailServer({
      onData: (stream, _session, done) => {
        stream.resume();
        stream.on('end', () => {
          mails += 1;
          done(mails === 1 ? answerWith(status, 'not like this') : null, 'ok');
        });
      },
    });
    await using mailer = openMailer(server.url, { maxConnections: 1 });
    expect(await mailer.send(outgoing())).toMatchObject({ kind: 'refused', permanent, code: String(status) });
    expect((await mailer.send(outgoing())).kind).toBe('accepted');
    expect(server.connections).toBe(1);
  });

  it('a mail larger than it takes → permanent', async () => {
    await using server = await startMailServer({
      size: 10_000,
      onData: (stream, _session, done) => {
        stream.resume();
        stream.on('end', () => done(stream.sizeExceeded ? answerWith(552, '5.3.4 too big') : null));
      },
    });
    await using mailer = openMailer(server.url);
    expect(await mailer.send(large())).toMatchObject({ kind: 'refused', permanent: true, code: '552 5.3.4' });
  });

  it('our credentials → not the fault of the mail', async () => {
    await using server = await startMailServer({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(answerWith(535, '5.7.8 bad credentials')),
    });
    await using mailer = openMailer(server.url.replace('smtp://', 'smtp://robot:secret@'));
    expect(await mailer.send(outgoing())).toMatchObject({ kind: 'refused', permanent: false, code: '535 5.7.8' });
  });

  it('and its reason never tells who the reader is', async () => {
    const chatty = `5.1.1 <${RECIPIENT}>: mei.lin+ge is unknown at 10.1.2.3, see https://help.example/?u=${RECIPIENT}`;
    await using server = await startMailServer({ onRcptTo: (_to, _session, done) => done(answerWith(550, chatty)) });
    await using mailer = openMailer(server.url);
    const outcome = await mailer.send(outgoing());
    expect(outcome).toMatchObject({
      reason: '550 5.1.1 <[address]>: [address] is unknown at [ip], see [link]',
    });
  });

  it('with an unfinished 5xx line before it hangs up', async () => {
    const script = dialogue((line, write, drop) => {
      if (line === 'DATA') write('354 go\r\n');
      if (line === '.') {
        write('554 no');
        setImmediate(drop);
      }
    });
    await using server = await startScriptedServer(script);
    await using mailer = openMailer(server.url);
    expect(await mailer.send(outgoing())).toMatchObject({ kind: 'refused', code: '554' });
  });

  it('with 421 in place of an answer to the content → try again', async () => {
    const script = dialogue((line, write) => {
      if (line === 'DATA') write('354 go\r\n');
      if (line === '.') write('421 shutting down\r\n');
    });
    await using server = await startScriptedServer(script);
    await using mailer = openMailer(server.url);
    expect(await mailer.send(outgoing())).toMatchObject({ kind: 'refused', permanent: false, code: '421' });
  });
});

describe('a mail that provably did not go out may be sent again', () => {
  it('no server', async () => {
    const server = await startMailServer();
    await server[Symbol.asyncDispose]();
    await using mailer = openMailer(server.url);
    expect(await mailer.send(outgoing())).toEqual({
      kind: 'refused',
      permanent: false,
      code: 'CONNECTION',
      reason: 'the connection to the mail server failed (ECONNREFUSED)',
    });
  });

  it('the connection is cut between the commands', async () => {
    await using server = await startMailServer({ onRcptTo: () => server.cut() });
    await using mailer = openMailer(server.url);
    expect(await mailer.send(outgoing())).toMatchObject({ kind: 'refused', permanent: false, code: 'CONNECTION' });
  });

  it('the connection is cut in the middle of the content', async () => {
    const script = dialogue((line, write, drop) => {
      if (line === 'DATA') write('354 go\r\n');
      else drop();
    });
    await using server = await startScriptedServer(script);
    await using mailer = openMailer(server.url);
    expect(await mailer.send(large())).toMatchObject({ kind: 'refused', permanent: false, code: 'CONNECTION' });
  });

  it('the server never greets', async () => {
    await using server = await startScriptedServer(
      () => undefined,
      () => undefined,
    );
    await using mailer = openMailer(server.url);
    expect(await mailer.send(outgoing(), { timeoutMs: 100 })).toMatchObject({
      kind: 'refused',
      permanent: false,
      code: 'TIMEOUT',
    });
  });

  it('the caller stops it before the content', async () => {
    const stop = new AbortController();
    await using server = await startMailServer({ onRcptTo: () => stop.abort() });
    await using mailer = openMailer(server.url);
    expect(await mailer.send(outgoing(), { signal: stop.signal })).toMatchObject({
      kind: 'refused',
      permanent: false,
      code: 'ABORTED',
    });
    expect(server.received).toEqual([]);
  });

  it('the encryption offered is not to be trusted', async () => {
    await using server = await startMailServer({ disabledCommands: ['AUTH'] });
    await using mailer = openMailer(server.url);
    expect(await mailer.send(outgoing())).toMatchObject({ kind: 'refused', permanent: false, code: 'TLS' });
    expect(server.received).toEqual([]);
  });
});

describe('a mail that was handed over without an answer is unknown', () => {
  it('the connection is cut after the content', async () => {
    await using server = await startMailServer({
      onData: (stream) => {
        stream.resume();
        stream.on('end', () => server.cut());
      },
    });
    await using mailer = openMailer(server.url);
    expect(await mailer.send(outgoing())).toMatchObject({
      kind: 'unknown',
      reason: expect.stringMatching(/^CONNECTION: /),
    });
  });

  it('the server closes politely after the content, and the mail is not repeated', async () => {
    let mails = 0;
    const script = dialogue((line, write, drop) => {
      if (line === 'DATA') write('354 go\r\n');
      if (line === '.') {
        mails += 1;
        drop();
      }
    });
    await using server = await startScriptedServer(script);
    await using mailer = openMailer(server.url);
    expect((await mailer.send(outgoing())).kind).toBe('unknown');
    expect(mails).toBe(1);
  });

  it('the answer does not come in time', async () => {
    await using server = await startMailServer({ onData: (stream) => void stream.resume() });
    await using mailer = openMailer(server.url);
    expect(await mailer.send(outgoing(), { timeoutMs: 2_000 })).toEqual({
      kind: 'unknown',
      reason: 'TIMEOUT: the attempt took too long',
    });
  });

  it('the caller stops it while it waits for the answer', async () => {
    const stop = new AbortController();
    await using server = await startMailServer({
      onData: (stream) => {
        stream.resume();
        stream.on('end', () => stop.abort());
      },
    });
    await using mailer = openMailer(server.url);
    expect((await mailer.send(outgoing(), { signal: stop.signal })).kind).toBe('unknown');
  });
});
