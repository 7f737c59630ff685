import type { Locale } from '@ge/domain';
import { html, type Markup } from '@ge/mailer/markup';
import { formatCount, visibleText } from '@ge/mailer/page-text';
import type { ProgressRow, ProgressView } from './pageModel.ts';
import { pageWords } from './pageWords.ts';
import { templateTable } from './templateTable.ts';

const tones = { waiting: 'idle', enabled: 'good', blocked: 'bad', off: 'idle' } as const;

/** How far the propagation is. The parts marked `data-live` are the ones `progress.js` exchanges while it runs (R3). */
export function progressMain(view: ProgressView, locale: Locale): Markup {
  const words = pageWords[locale].progress;
  const { templates, enabled, blocked, off, exportableSkus } = view.totals;
  const count = (value: number) => formatCount(value, locale);
  const done = Math.min(enabled + blocked + off, templates);
  const propagating = view.state === 'propagating';
  const row = ({ name, state, refusals, skuCount }: ProgressRow) => ({
    name,
    result: words.state[state],
    tone: tones[state],
    refusals,
    skuCount,
  });
  return html`<h1 id="progress-title" data-live>${words.title[view.state]}</h1>
<p class="seller">${pageWords[locale].seller(visibleText(view.sellerName, 120))}</p>
<p id="progress-summary" class="totals" role="status" aria-live="polite" aria-atomic="true" data-live>${words.done(count(done), count(templates), count(blocked))} ${words.skus(count(exportableSkus))}</p>
<div id="progress-bar" data-live><progress aria-label="${words.bar}" max="${Math.max(templates, 1)}" value="${templates === 0 ? (propagating ? 0 : 1) : done}"></progress></div>
<div id="progress-note" data-live>${propagating && html`<p data-propagating>${words.refresh}</p>`}${
    blocked > 0 && html`<p class="notice">${words.blockedNote}</p>`
  }</div>
${templateTable(words.tableTitle, view.rows.map(row), templates, locale)}`;
}
