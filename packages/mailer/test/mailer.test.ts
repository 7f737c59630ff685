import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { invitationMail } from '../src/mail/invitationMail.ts';
import { createMailer } from '../src/smtp/mailer.ts';
import { invitation, openMailer, outgoing, RECIPIENT } from './mailBuilders.ts';
import { startMailServer } from './mailServerFixture.ts';

describe('an accepted mail', () => {
  it.each(['en-US', 'zh-CN'] as const)('arrives as multipart/alternative in UTF-8 (%s)', async (locale) => {
    await using server = await startMailServer();
    await using mailer = openMailer(server.url);
    const content = invitationMail({ ...invitation, sellerName: '美林贸易 & Söhne' }, locale);
    const outcome = await mailer.send(outgoing({ content }));
    expect(outcome).toEqual({ kind: 'accepted', response: '250 Message queued' });
    const raw = server.received[0] ?? '';
    expect(raw).toMatch(/^Content-Type: multipart\/alternative;/m);
    expect(raw).toMatch(/^Content-Type: text\/plain; charset=utf-8/m);
    expect(raw).toMatch(/^Content-Type: text\/html; charset=utf-8/m);
    expect(raw.indexOf('text/plain')).toBeLessThan(raw.indexOf('text/html'));
    const mail = await PostalMime.parse(raw);
    expect(mail.subject).toBe(content.subject);
    expect(mail.text?.trimEnd()).toBe(content.text.trimEnd());
    expect(mail.html?.trimEnd()).toBe(content.html.trimEnd());
    expect(mail.attachments).toEqual([]);
  });

  it('carries Message-ID and Date of its intent and is the same byte for byte when sent again', async () => {
    await using server = await startMailServer();
    await using mailer = openMailer(server.url);
    await mailer.send(outgoing());
    await mailer.send(outgoing());
    const [first, second] = server.received;
    expect(first).toBe(second);
    const mail = await PostalMime.parse(first ?? '');
    expect(mail.messageId).toBe('<inv_01HZX.2@mail.example>');
    expect(new Date(mail.date ?? '').toISOString()).toBe('2026-05-23T12:00:00.000Z');
    expect(mail.from).toEqual({ name: 'Global Express', address: 'ge@mail.example' });
    expect(mail.to).toEqual([{ name: '', address: RECIPIENT }]);
  });

  it('says that a machine wrote it, and how to get no more only where it was not asked for', async () => {
    await using server = await startMailServer();
    await using mailer = openMailer(server.url, { unsubscribeAddress: 'stop@mail.example' });
    await mailer.send(outgoing({ unsolicited: true }));
    await mailer.send(outgoing());
    const [unsolicited, notice] = await Promise.all(server.received.map((raw) => PostalMime.parse(raw)));
    const header = (mail: typeof notice, key: string) => mail?.headers.find((line) => line.key === key)?.value;
    expect(header(notice, 'auto-submitted')).toBe('auto-generated');
    expect(header(notice, 'content-language')).toBe('en-US');
    expect(header(unsolicited, 'list-unsubscribe')).toBe('<mailto:stop@mail.example?subject=unsubscribe>');
    expect(header(notice, 'list-unsubscribe')).toBeUndefined();
  });

  it('shares few connections with many others', async () => {
    await using server = await startMailServer();
    await using mailer = openMailer(server.url, { maxConnections: 2 });
    const outcomes = await Promise.all(
      Array.from({ length: 40 }, (_, revision) => mailer.send(outgoing({ intent: { id: 'inv_1', revision } }))),
    );
    expect(outcomes.every((outcome) => outcome.kind === 'accepted')).toBe(true);
    expect(server.received).toHaveLength(40);
    expect(server.connections).toBeLessThanOrEqual(2);
  });

  it('goes to an international domain in its ASCII form', async () => {
    await using server = await startMailServer();
    await using mailer = openMailer(server.url);
    expect((await mailer.send(outgoing({ to: 'info@bücher.example' }))).kind).toBe('accepted');
    expect(server.received[0]).toContain('To: info@xn--bcher-kva.example');
  });
});

describe('a mailer', () => {
  it('verifies a server that answers and names what is wrong with one that does not', async () => {
    const server = await startMailServer();
    await using mailer = openMailer(server.url);
    expect(await mailer.verify()).toEqual({ ok: true });
    await server[Symbol.asyncDispose]();
    expect(await mailer.verify()).toEqual({
      ok: false,
      code: 'CONNECTION',
      reason: 'the connection to the mail server failed (ECONNREFUSED)',
    });
  });

  it('finishes what is under way when closed and takes nothing new', async () => {
    await using server = await startMailServer();
    const mailer = openMailer(server.url);
    const sending = mailer.send(outgoing());
    await mailer.close();
    expect((await sending).kind).toBe('accepted');
    expect(await mailer.send(outgoing())).toMatchObject({ kind: 'refused', permanent: false, code: 'CLOSED' });
  });

  it.each([
    'http://mail.example',
    'smtp://mail.example?tls.rejectUnauthorized=false',
    'smtp://user:hunter2@mail.example/path',
    'mail.example',
  ])('refuses the URL %s without repeating it', (smtpUrl) => {
    expect(() => createMailer({ smtpUrl, from: 'ge@mail.example' })).toThrow(
      'the SMTP URL must look like smtp://host:port or smtps://user:password@host',
    );
  });

  it.each(['', 'nobody', 'a@b.example, c@d.example', 'GE\r\nBcc: x@y.example <a@b.example>'])(
    'refuses the sender %j',
    (from) => {
      expect(() => createMailer({ smtpUrl: 'smtp://localhost', from })).toThrow(RangeError);
    },
  );
});
