import { describeRefusal } from '@ge/domain';
import fc from 'fast-check';
import { type DefaultTreeAdapterMap, parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import { chooseLocale } from '../programme-page/chooseLocale.ts';
import { renderProgrammePage } from '../programme-page/page.ts';
import { loadPageAssets, programmePageHeaders } from '../programme-page/pageAssets.ts';
import { programmePageStatus } from '../programme-page/pageModel.ts';
import { everyView, pageOf, refusals } from './programmePageModels.ts';

type Element = DefaultTreeAdapterMap['element'];
const locales = ['zh-CN', 'en-US'] as const;
const views = everyView('Mei Lin');

/** Parses strictly and returns every element; fails on the first parse error. */
function elementsOf(page: string): readonly Element[] {
  const errors: string[] = [];
  const elements: Element[] = [];
  const visit = (node: DefaultTreeAdapterMap['node']): void => {
    if ('tagName' in node) elements.push(node);
    if ('childNodes' in node) for (const child of node.childNodes) visit(child);
  };
  visit(parse(page, { onParseError: (error) => errors.push(error.code) }));
  expect(errors).toEqual([]);
  return elements;
}

const attribute = (element: Element | undefined, name: string) =>
  element?.attrs.find((attr) => attr.name === name)?.value;
const all = (elements: readonly Element[], tag: string) => elements.filter((element) => element.tagName === tag);

describe.each(Object.keys(views))('the programme page in the state "%s"', (state) => {
  it.each(locales)('is well-formed, named in its language and has its landmarks (%s)', (locale) => {
    const elements = elementsOf(renderProgrammePage(pageOf(views[state], locale)));
    expect(attribute(all(elements, 'html')[0], 'lang')).toBe(locale);
    for (const tag of ['title', 'header', 'nav', 'main', 'h1']) expect(all(elements, tag), tag).toHaveLength(1);
    expect(all(elements, 'th').every((cell) => attribute(cell, 'scope'))).toBe(true);
    const ids = elements.flatMap((element) => attribute(element, 'id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const element of elements)
      for (const reference of ['aria-labelledby', 'aria-describedby']) {
        const target = attribute(element, reference);
        if (target !== undefined) expect(ids).toContain(target);
      }
    for (const link of all(elements, 'a').filter((a) => attribute(a, 'href')?.startsWith('#')))
      expect(ids).toContain(attribute(link, 'href')?.slice(1));
  });

  it('obeys its own content security policy: nothing inline, nothing from elsewhere', () => {
    const elements = elementsOf(renderProgrammePage(pageOf(views[state])));
    expect(all(elements, 'style')).toEqual([]);
    expect(all(elements, 'script').every((script) => attribute(script, 'src')?.startsWith('/programme/'))).toBe(true);
    expect(all(elements, 'script').flatMap((script) => script.childNodes)).toEqual([]);
    const names = elements.flatMap((element) => element.attrs.map((attr) => attr.name));
    expect(names.filter((name) => name === 'style' || name.startsWith('on'))).toEqual([]);
    expect(programmePageHeaders('en-US')['Content-Security-Policy']).not.toContain('unsafe');
  });

  it('offers the other language and is written in its own', () => {
    const english = renderProgrammePage(pageOf({ ...views[state], rows: [] } as (typeof views)[string], 'en-US'));
    expect(english.replace('>中文<', '')).not.toMatch(/\p{Script=Han}/u);
    expect(english).toContain('href="?lang=zh-CN&amp;token=x" lang="zh-CN" hreflang="zh-CN"');
    expect(renderProgrammePage(pageOf(views[state], 'zh-CN'))).toMatch(/<h1[^>]*>[^<]*\p{Script=Han}/u);
  });

  it('keeps hostile names as text', () => {
    const plain = elementsOf(renderProgrammePage(pageOf(everyView('x')[state]))).map((element) => element.tagName);
    fc.assert(
      fc.property(
        fc.constantFrom('<script>', `"'><img src=x onerror=y>`, '</main>', '&lt;', '\u202E', '-->', '</title>'),
        fc.string({ unit: 'grapheme' }),
        (hostile, text) => {
          const page = renderProgrammePage(pageOf(everyView(`x${hostile}${text}`.replaceAll('\0', ''))[state]));
          const elements: string[] = [];
          const visit = (node: DefaultTreeAdapterMap['node']): void => {
            if ('tagName' in node) elements.push(node.tagName);
            if ('childNodes' in node) for (const child of node.childNodes) visit(child);
          };
          visit(parse(page));
          expect(elements).toEqual(plain);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('the invitation page (R3, R4)', () => {
  it('has one button, which posts the claim of the link', () => {
    const elements = elementsOf(renderProgrammePage(pageOf(views.invited)));
    expect(all(elements, 'button')).toHaveLength(1);
    expect(attribute(all(elements, 'form')[0], 'method')).toBe('post');
    const fields = all(elements, 'input').map((input) => [attribute(input, 'name'), attribute(input, 'value')]);
    expect(fields).toEqual([
      ['invitation', 'inv_1'],
      ['revision', '2'],
      ['token', 'Mei Lin'],
    ]);
  });

  it.each(locales)('names every missing item of a blocked template with its remedy (%s)', (locale) => {
    const page = renderProgrammePage(pageOf(views.invited, locale));
    for (const refusal of refusals) {
      const { message, remedy } = describeRefusal(refusal, locale);
      expect(page).toContain(message);
      expect(remedy).not.toBe('');
      expect(page).toContain(remedy);
      expect(page).toContain(`[${refusal.rule} · ${refusal.code} · /generalAddress/line1]`);
    }
  });

  it('counts all templates and says when it shows only some of them', () => {
    const page = renderProgrammePage(pageOf(views.invited));
    expect(page).toContain('120 templates, of which 1 blocked; 4,321 SKUs would become exportable.');
    expect(page).toContain('The first 3 of 120 templates are shown.');
  });
});

describe('the progress page', () => {
  it('announces changes and refreshes itself only while there is something to wait for', () => {
    const running = renderProgrammePage(pageOf(views.propagating));
    expect(running).toMatch(/role="status" aria-live="polite"/);
    expect(running).toContain('<progress aria-label="Templates done" max="3" value="2">');
    expect(running).toContain('/programme/progress.js');
    expect(running).toContain('<noscript><meta http-equiv="refresh"');
    const finished = renderProgrammePage(pageOf(views.active));
    expect(finished).not.toContain('progress.js');
    expect(finished).not.toContain('http-equiv');
  });
});

describe('closed links', () => {
  it.each([
    ['expired', 410],
    ['revoked', 410],
    ['already used', 409],
    ['unknown', 404],
    ['refused', 409],
    ['invited', 200],
    ['propagating', 200],
  ])('answer "%s" with %i', (state, status) => {
    expect(programmePageStatus(views[state]!)).toBe(status);
  });

  it('show the way to an inquiry (R2), or to the result for one who has joined', () => {
    expect(renderProgrammePage(pageOf(views.expired))).toContain('href="/programme/inquiry"');
    const used = renderProgrammePage(pageOf(views['already used']));
    expect(used).toContain('href="/programme/progress?token=a&amp;b=c"');
    expect(used).not.toContain('/programme/inquiry');
  });

  it('never link to a script', () => {
    expect(() => renderProgrammePage({ ...pageOf(views.expired), inquiryUrl: 'javascript:alert(1)' })).toThrow(
      RangeError,
    );
  });
});

describe('the language of the page', () => {
  it.each([
    ['zh-CN', 'en', 'en-US', 'zh-CN'],
    ['en', 'zh', 'zh-CN', 'en-US'],
    ['fr', 'zh;q=0.9, en;q=0.8', 'en-US', 'zh-CN'],
    [undefined, 'fr-FR, en;q=0.5, zh-TW;q=0.7', 'en-US', 'zh-CN'],
    [undefined, 'zh;q=0, en', 'zh-CN', 'en-US'],
    [undefined, 'fr, *;q=0.1', 'zh-CN', 'zh-CN'],
    [undefined, 'fr', 'zh-CN', 'zh-CN'],
    [undefined, undefined, undefined, 'en-US'],
    [['zh'], 'en', 'zh-CN', 'en-US'],
    [undefined, 'zh;q=banana', 'en-US', 'en-US'],
  ] as const)('lang=%j, Accept-Language %j, seller %j → %s', (lang, header, seller, expected) => {
    expect(chooseLocale(lang, header, seller)).toBe(expected);
  });

  it('is always found, whatever is sent', () => {
    fc.assert(
      fc.property(fc.anything(), fc.string({ maxLength: 2000 }), (lang, header) => {
        expect(locales).toContain(chooseLocale(lang, header));
      }),
    );
  });
});

describe('the assets', () => {
  it('are complete and load nothing themselves', () => {
    const assets = loadPageAssets();
    expect(assets.map((asset) => asset.path)).toEqual(['/programme.css', '/progress.js']);
    for (const asset of assets) expect(asset.body).not.toMatch(/url\(|@import|https?:/);
  });
});
