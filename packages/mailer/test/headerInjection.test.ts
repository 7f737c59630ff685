import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { wireAddress } from '../src/smtp/mailAddress.ts';
import { scrubResponse } from '../src/smtp/scrub.ts';
import { openMailer, outgoing } from './mailBuilders.ts';
import { startMailServer } from './mailServerFixture.ts';

const OUR_HEADERS = [
  'auto-submitted',
  'content-language',
  'content-type',
  'date',
  'from',
  'message-id',
  'mime-version',
  'subject',
  'to',
  'x-auto-response-suppress',
];

const lineBreak = fc.constantFrom('\r\n', '\n', '\r', '\u2028', '\u0085', '\0', '%0d%0a', '=0D=0A', ' ');
const hostile = fc
  .tuple(
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    lineBreak,
    fc.constantFrom('Bcc: spy@evil.example', '\r\n.\r\n', 'x'),
  )
  .map((parts) => parts.join(''));

describe('header injection', () => {
  it('no text can add a header, a recipient or a second mail', async () => {
    await using server = await startMailServer();
    await using mailer = openMailer(server.url);
    await fc.assert(
      fc.asyncProperty(hostile, hostile, fc.boolean(), async (text, other, inBody) => {
        const before = server.received.length;
        const { content } = outgoing();
        const outcome = await mailer.send(
          outgoing({ content: { ...content, subject: inBody ? content.subject : text, text: other } }),
        );
        if (outcome.kind === 'refused') {
          expect(outcome).toMatchObject({ permanent: true, code: 'UNSAFE_HEADER' });
          expect(server.received).toHaveLength(before);
          return;
        }
        expect(server.received).toHaveLength(before + 1);
        const mail = await PostalMime.parse(server.received.at(-1) ?? '');
        expect(mail.headers.map((line) => line.key).sort()).toEqual(OUR_HEADERS);
        expect(mail.bcc ?? []).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('an address that contains anything but one plain address is never sent to', async () => {
    await using server = await startMailServer();
    await using mailer = openMailer(server.url);
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        for (const to of [`${text}@seller.example`, `mei@seller.example${text}`, `mei@${text}.example`]) {
          const wire = wireAddress(to);
          if (wire !== undefined) expect(wire).toMatch(/^[\x21-\x7e]+@[a-z0-9.-]+$/);
          else
            expect(await mailer.send(outgoing({ to }))).toMatchObject({ permanent: true, code: 'INVALID_RECIPIENT' });
        }
      }),
    );
    expect(server.connections).toBe(0);
  });

  it.each([
    'a@b.example,c@d.example',
    'a@b.example c@d.example',
    '"a@evil.example x"@b.example',
    'Mei <a@b.example>',
    'a@b',
    'a@-b.example',
    '.a@b.example',
    'a..b@c.example',
    'a@[127.0.0.1]',
    `${'a'.repeat(65)}@b.example`,
    '',
  ])('%j is not a recipient', (to) => {
    expect(wireAddress(to)).toBeUndefined();
  });

  it.each(['inv 1', 'inv\r\n', '', 'a>b', 'a@b', 'x'.repeat(101)])('%j is not an intent', async (id) => {
    await using mailer = openMailer('smtp://127.0.0.1:1');
    expect(await mailer.send(outgoing({ intent: { id, revision: 1 } }))).toMatchObject({ code: 'INVALID_INTENT' });
  });
});

describe("a server's words", () => {
  it('never keep the recipient, whatever surrounds it', () => {
    fc.assert(
      fc.property(fc.emailAddress(), fc.string(), fc.string(), (address, before, after) => {
        const scrubbed = scrubResponse(`550 ${before} <${address}> ${after} ${address}`, address);
        expect(scrubbed).not.toContain(address);
        expect(scrubbed.length).toBeLessThanOrEqual(200);
      }),
    );
  });

  it('can be stored wherever they are cut: no character is left in half', () => {
    for (let before = 180; before < 200; before += 1) {
      const scrubbed = scrubResponse(`550 ${'. '.repeat(before / 2)}${'\u{1F4EE} '.repeat(30)}`, 'a@b.example');
      expect(scrubbed.isWellFormed(), scrubbed).toBe(true);
    }
  });

  it('keep what helps support: status and queue id', () => {
    expect(scrubResponse('250 2.0.0 Ok: queued as 4bXqJ93WzQz1', 'a@b.example')).toBe(
      '250 2.0.0 Ok: queued as 4bXqJ93WzQz1',
    );
  });
});
