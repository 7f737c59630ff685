import type { Locale } from '@ge/domain';
import { html, type Markup } from '@ge/mailer/markup';
import type { ClosedView, RefusedView } from './pageModel.ts';
import { pageWords } from './pageWords.ts';
import { reasonList } from './templateTable.ts';

/** A link that opens nothing: why, and the one thing to do next. */
export function closedMain(view: ClosedView, inquiryUrl: string | undefined, locale: Locale): Markup {
  const words = pageWords[locale];
  const { title, text } = words.closed[view.reason];
  // Who has joined needs no invitation; everybody else may ask for one (R2).
  const next =
    view.reason === 'already_used'
      ? view.progressUrl && html`<p><a href="${view.progressUrl}">${words.toProgress}</a></p>`
      : inquiryUrl && html`<p><a href="${inquiryUrl}">${words.inquiry}</a></p>`;
  return html`<h1>${title}</h1>
<p>${text}</p>
${next}`;
}

/** Enroll was pressed in vain: every reason with its remedy. */
export function refusedMain(view: RefusedView, locale: Locale): Markup {
  const words = pageWords[locale].refused;
  return html`<h1>${words.title}</h1>
<p>${words.text}</p>
${reasonList(view.refusals, locale)}`;
}
