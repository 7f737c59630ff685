import { describeRefusal, type OrderId } from '@ge/domain';
import fc from 'fast-check';
import { type DefaultTreeAdapterMap, parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import { deactivationFinishedMail, ORDERS_IN_MAIL } from '../src/mail/deactivationFinishedMail.ts';
import { BLOCKED_IN_MAIL, enrollmentFinishedMail } from '../src/mail/enrollmentFinishedMail.ts';
import { inquiryDeniedMail } from '../src/mail/inquiryDeniedMail.ts';
import { invitationMail, invitationReminderMail } from '../src/mail/invitationMail.ts';
import type { MailContent } from '../src/mail/mailDocument.ts';
import { formatMoment } from '../src/mail/moment.ts';
import { writeHtml } from '../src/mail/writeHtml.ts';
import { writeText } from '../src/mail/writeText.ts';
import { visibleText } from '../src/markup/visibleText.ts';
import { invitation, refusals } from './mailBuilders.ts';

type Locale = 'zh-CN' | 'en-US';
const locales: readonly Locale[] = ['zh-CN', 'en-US'];

const order = (id: string, day: number) => ({ orderId: id as OrderId, shipBy: new Date(Date.UTC(2026, 5, day, 7)) });

const enrollment = (name: string) => ({
  sellerName: name,
  enabledTemplates: 3,
  exportableSkus: 12_345,
  blocked: [{ name, refusals: refusals.slice(0, 1) }],
  statusUrl: 'https://export.example/status?a=1&b=2',
});

const everyMail: Readonly<Record<string, (name: string, locale: Locale) => MailContent>> = {
  invitation: (sellerName, locale) => invitationMail({ ...invitation, sellerName }, locale),
  reminder: (sellerName, locale) => invitationReminderMail({ ...invitation, sellerName }, locale),
  'enrollment finished': (name, locale) => enrollmentFinishedMail({ ...enrollment(name), blocked: [] }, locale),
  'enrollment finished, blocked': (name, locale) => enrollmentFinishedMail(enrollment(name), locale),
  'inquiry denied': (sellerName, locale) => inquiryDeniedMail({ sellerName, reason: sellerName }, locale),
  'deactivation finished': (sellerName, locale) =>
    deactivationFinishedMail(
      {
        sellerName,
        timeZone: 'America/New_York',
        deactivatedTemplates: 1,
        pendingOrders: [order('111-1234567-1234567', 2)],
      },
      locale,
    ),
};

/** Parses strictly and returns every element; fails on the first parse error. */
function elementsOf(page: string): readonly DefaultTreeAdapterMap['element'][] {
  const errors: string[] = [];
  const elements: DefaultTreeAdapterMap['element'][] = [];
  const visit = (node: DefaultTreeAdapterMap['node']): void => {
    if ('tagName' in node) elements.push(node);
    if ('childNodes' in node) for (const child of node.childNodes) visit(child);
  };
  visit(parse(page, { onParseError: (error) => errors.push(error.code) }));
  expect(errors).toEqual([]);
  return elements;
}

const attribute = (element: DefaultTreeAdapterMap['element'] | undefined, name: string) =>
  element?.attrs.find((attr) => attr.name === name)?.value;

describe.each(Object.entries(everyMail))('the mail "%s"', (_name, write) => {
  it.each(locales)('is well-formed, names its language and fetches nothing (%s)', (locale) => {
    const elements = elementsOf(write('Mei Lin', locale).html);
    const tags = elements.map((element) => element.tagName);
    expect(attribute(elements[0], 'lang')).toBe(locale);
    expect(tags.filter((tag) => ['img', 'script', 'link', 'iframe', 'object', 'form', 'style'].includes(tag))).toEqual(
      [],
    );
    expect(tags.filter((tag) => tag === 'h1')).toHaveLength(1);
    expect(elements.some((element) => element.attrs.some((attr) => attr.name === 'src'))).toBe(false);
    expect(write('Mei Lin', locale).html.length).toBeLessThan(10_000);
  });

  it.each(locales)('says the same in text as in HTML (%s)', (locale) => {
    const { html, text, subject } = write('Mei Lin', locale);
    expect(subject).not.toMatch(/undefined|\{/);
    const links = [...html.matchAll(/href="([^"]+)"/g)].map((match) => match[1]?.replaceAll('&amp;', '&'));
    for (const link of links) expect(text).toContain(link);
    expect(text).not.toMatch(/undefined|<\w|&amp;/);
  });

  it('is written in the language asked for', () => {
    const chinese = write('x', 'zh-CN');
    expect(chinese.subject).toMatch(/全球快递/);
    expect(write('x', 'en-US').text).not.toMatch(/\p{Script=Han}/u);
  });

  it('shows a hostile name and runs nothing of it', () => {
    const hostile = `<script>alert(1)</script>"' onload='x' </p>&lt;\u202Egnp.exe`;
    for (const locale of locales) {
      const { html, text, subject } = write(hostile, locale);
      const elements = elementsOf(html);
      expect(elements.some((element) => element.tagName === 'script')).toBe(false);
      expect(elements.flatMap((element) => element.attrs).some((attr) => attr.name.startsWith('on'))).toBe(false);
      expect(`${html}${text}`).not.toContain('\u202E');
      expect(subject).not.toContain('script');
    }
  });

  it('keeps every name within its line and tag', () => {
    const plain = elementsOf(write('name', 'en-US').html).map((element) => element.tagName);
    const lines = write('name', 'en-US').text.split('\n').length;
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1 }),
        fc.constantFrom('\r\nBcc: x', '<b>', '\u2028', ']]>'),
        (a, b) => {
          const mail = write(`x${a}${b}`, 'en-US');
          expect(elementsOf(mail.html).map((element) => element.tagName)).toEqual(plain);
          expect(mail.text.split('\n')).toHaveLength(lines);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('the mail about blocked templates (R3)', () => {
  it.each(locales)('names every template and every missing item with its remedy (%s)', (locale) => {
    const blocked = [
      { name: 'Default template', refusals },
      { name: '大件商品', refusals: refusals.slice(0, 1) },
    ];
    const { text, html } = enrollmentFinishedMail({ ...enrollment('Mei'), blocked }, locale);
    for (const body of [text, html]) {
      expect(body).toContain('Default template');
      expect(body).toContain('大件商品');
      for (const refusal of refusals) {
        const { message, remedy } = describeRefusal(refusal, locale);
        expect(body).toContain(message);
        expect(remedy).not.toBe('');
        expect(body).toContain(remedy);
        expect(body).toContain(`[${refusal.rule} · ${refusal.code} · /generalAddress/line1]`);
      }
    }
  });

  it('tells what many templates share once', () => {
    const blocked = ['A1', 'B2', 'C3'].map((name) => ({ name, refusals }));
    const { text } = enrollmentFinishedMail({ ...enrollment('Mei'), blocked }, 'en-US');
    expect(text).toContain('Templates “A1”, “B2”, “C3”');
    expect(text.split(refusals[0]?.code ?? '')).toHaveLength(2);
  });

  it('stays readable for thousands of templates and counts what it does not list', () => {
    const blocked = Array.from({ length: 3000 }, (_, index) => ({ name: `T${index}`, refusals }));
    const { text, html } = enrollmentFinishedMail({ ...enrollment('Mei'), blocked }, 'en-US');
    expect(text).toContain(`${(3000 - BLOCKED_IN_MAIL).toLocaleString('en-US')} more blocked templates`);
    expect(html.length).toBeLessThan(100_000);
  });
});

describe('the mail after deactivation (R21)', () => {
  const mail = { sellerName: 'Mei', timeZone: 'America/New_York', deactivatedTemplates: 2 };

  it('lists the orders that remain, the most urgent first, in the zone of the seller', () => {
    const pendingOrders = [order('222-0000000-0000002', 9), order('111-0000000-0000001', 2)];
    const { text } = deactivationFinishedMail({ ...mail, pendingOrders }, 'en-US');
    expect(text.indexOf('111-0000000-0000001')).toBeLessThan(text.indexOf('222-0000000-0000002'));
    expect(text).toContain('June 2, 2026, 3:00 AM (EDT)');
  });

  it('counts the orders it does not list', () => {
    const pendingOrders = Array.from({ length: ORDERS_IN_MAIL + 7 }, (_, index) => order(`o-${index}`, index));
    expect(deactivationFinishedMail({ ...mail, pendingOrders }, 'zh-CN').text).toContain('另有 7 个');
  });
});

describe('moments', () => {
  it('always carry their zone, UTC when the zone is not known', () => {
    const moment = new Date('2026-06-06T00:00:00Z');
    expect(formatMoment(moment, 'en-US', 'America/Los_Angeles')).toBe('June 5, 2026, 5:00 PM (PDT)');
    expect(formatMoment(moment, 'zh-CN', 'Asia/Shanghai')).toBe('2026年6月6日 08:00（GMT+8）');
    expect(formatMoment(moment, 'en-US', 'Mars/Olympus')).toBe('June 6, 2026, 12:00 AM (UTC)');
  });
});

describe('writers', () => {
  it('refuse links that are not http(s)', () => {
    expect(() => invitationMail({ ...invitation, enrollmentUrl: 'javascript:alert(1)' }, 'en-US')).toThrow(RangeError);
  });

  it('escape everything they are given, also in attributes', () => {
    const document = {
      locale: 'en-US',
      subject: '<&>',
      greeting: '<&>',
      blocks: [{ kind: 'action', label: '<&>', url: 'https://x.example/?a="><script>&b' }],
      signature: '<&>',
      footnote: '<&>',
    } as const;
    expect(elementsOf(writeHtml(document)).some((element) => element.tagName === 'script')).toBe(false);
    expect(writeText(document)).toContain('<&>');
  });

  it('cut long names by characters, not in the middle of one', () => {
    expect(visibleText('😀'.repeat(10), 5)).toBe('😀😀😀😀…');
  });
});
