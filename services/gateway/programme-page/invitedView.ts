import type { Locale } from '@ge/domain';
import { html, type Markup } from '@ge/mailer/markup';
import { formatCount, formatMoment, visibleText } from '@ge/mailer/page-text';
import type { InvitedView, PreviewRow } from './pageModel.ts';
import { pageWords } from './pageWords.ts';
import { templateTable } from './templateTable.ts';

const tones = { would_enable: 'good', already_enabled: 'good', blocked: 'bad' } as const;

/** What Enroll will do, template by template, and the one button (R3, R4). */
export function invitedMain(view: InvitedView, locale: Locale): Markup {
  const words = pageWords[locale].invited;
  const { totals } = view;
  const count = (value: number) => formatCount(value, locale);
  const row = ({ name, verdict, refusals, skuCount }: PreviewRow) => ({
    name,
    result: words.verdict[verdict],
    tone: tones[verdict],
    refusals,
    skuCount,
  });
  return html`<h1>${words.title}</h1>
<p class="seller">${pageWords[locale].seller(visibleText(view.sellerName, 120))}</p>
<p>${words.lead}</p>
<section aria-labelledby="effects-title">
<h2 id="effects-title">${words.effectsTitle}</h2>
<ul>${words.effects.map((effect) => html`<li>${effect}</li>`)}</ul>
</section>
${
  totals.templates === 0
    ? html`<p class="notice">${words.none}</p>`
    : html`<p class="totals">${words.totals(count(totals.templates), count(totals.blocked), count(totals.exportableSkus))}</p>
${totals.blocked > 0 && html`<p class="notice">${words.blockedNote}</p>`}
${templateTable(words.previewTitle, view.rows.map(row), totals.templates, locale)}`
}
<form method="post" action="${view.enroll.action}" accept-charset="utf-8">
${Object.entries(view.enroll.fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">\n`)}<p id="enroll-note">${words.enrollNote} ${words.until(formatMoment(view.expiresAt, locale, view.timeZone))}</p>
<button type="submit" aria-describedby="enroll-note">${words.enroll}</button>
</form>`;
}
