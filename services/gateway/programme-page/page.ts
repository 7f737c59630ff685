import type { Locale } from '@ge/domain';
import { html, type Markup } from '@ge/mailer/markup';
import { closedMain, refusedMain } from './closedView.ts';
import { invitedMain } from './invitedView.ts';
import type { ProgrammePageModel } from './pageModel.ts';
import { type PageWords, pageWords } from './pageWords.ts';
import { progressMain } from './progressView.ts';

const languageNames: readonly (readonly [Locale, string])[] = [
  ['en-US', 'English'],
  ['zh-CN', '中文'],
];

/** Seconds between two looks at the progress, by script or, without it, by reloading. */
const REFRESH_SECONDS = 3;

function main({ view, inquiryUrl, locale }: ProgrammePageModel): Markup {
  switch (view.kind) {
    case 'invited':
      return invitedMain(view, locale);
    case 'progress':
      return progressMain(view, locale);
    case 'closed':
      return closedMain(view, inquiryUrl, locale);
    case 'refused':
      return refusedMain(view, locale);
  }
}

function title(view: ProgrammePageModel['view'], words: PageWords): string {
  switch (view.kind) {
    case 'invited':
      return words.invited.title;
    case 'progress':
      return words.progress.title[view.state];
    case 'closed':
      return words.closed[view.reason].title;
    case 'refused':
      return words.refused.title;
  }
}

/**
 * The programme page as HTML. Works without script and without style; links must be http(s), mailto or relative
 * (RangeError otherwise). Serve it with `programmePageHeaders`.
 */
export function renderProgrammePage(model: ProgrammePageModel): string {
  const { view, locale } = model;
  const words = pageWords[locale];
  const propagating = view.kind === 'progress' && view.state === 'propagating';
  for (const url of linksOf(model)) checkLink(url);
  return html`<!DOCTYPE html>
<html lang="${locale}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<title>${title(view, words)} · ${words.programme}</title>
<link rel="stylesheet" href="${model.assetBase}/programme.css">
${
  propagating &&
  html`<script src="${model.assetBase}/progress.js" defer data-seconds="${REFRESH_SECONDS}"></script>
<noscript><meta http-equiv="refresh" content="${REFRESH_SECONDS + 7}"></noscript>`
}
</head>
<body>
<a class="skip" href="#content">${words.skip}</a>
<header>
<p class="programme">${words.programme}</p>
<nav aria-label="${words.languages}"><ul>${languageNames.map(
    ([code, name]) =>
      html`<li>${
        code === locale
          ? html`<span lang="${code}" aria-current="true">${name}</span>`
          : html`<a href="${model.languageUrls[code]}" lang="${code}" hreflang="${code}">${name}</a>`
      }</li>`,
  )}</ul></nav>
</header>
<main id="content" tabindex="-1">
${main(model)}
</main>
</body>
</html>
`.source;
}

function linksOf({ view, languageUrls, inquiryUrl, assetBase }: ProgrammePageModel): readonly string[] {
  const own = view.kind === 'invited' ? [view.enroll.action] : view.kind === 'closed' ? [view.progressUrl] : [];
  return [...own, ...Object.values(languageUrls), inquiryUrl, assetBase].filter((url) => url !== undefined);
}

function checkLink(url: string): void {
  const { protocol } = new URL(url, 'https://page.invalid');
  if (protocol !== 'https:' && protocol !== 'http:' && protocol !== 'mailto:')
    throw new RangeError('the page may only link to http(s), mailto or its own site');
}
