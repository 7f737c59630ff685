import { describeRefusal, type Locale, type Refusal } from '@ge/domain';
import { html, type Markup } from '@ge/mailer/markup';
import { formatCount, refusalReference, visibleText } from '@ge/mailer/page-text';
import { pageWords } from './pageWords.ts';

/** A row of either table, ready for writing: `tone` chooses colour and sign, never the only carrier of meaning. */
export interface TemplateRow {
  readonly name: string;
  readonly result: string;
  readonly tone: 'good' | 'bad' | 'idle';
  readonly refusals: readonly Refusal[];
  readonly skuCount: number;
}

/** Every refusal with its remedy; rule, code and field in small print for support. */
export function reasonList(refusals: readonly Refusal[], locale: Locale): Markup {
  const words = pageWords[locale].table;
  return html`<ul class="reasons">${refusals.map((refusal) => {
    const { message, remedy } = describeRefusal(refusal, locale);
    return html`<li>${visibleText(message)} <small>[${refusalReference(refusal)}]</small>${
      remedy && html`<br><strong>${words.remedy}</strong> ${visibleText(remedy)}`
    }</li>`;
  })}</ul>`;
}

const sign = { good: '✓', bad: '✕', idle: '…' } as const;

/** The table of templates with its heading; `total` counts also what is not shown. */
export function templateTable(title: string, rows: readonly TemplateRow[], total: number, locale: Locale): Markup {
  const words = pageWords[locale];
  return html`<section>
<h2 id="templates-title">${title}</h2>
<div class="table" role="region" aria-labelledby="templates-title" tabindex="0">
<table>
<thead><tr><th scope="col">${words.table.template}</th><th scope="col">${words.table.result}</th><th scope="col" class="count">${words.table.skus}</th></tr></thead>
<tbody id="templates" data-live>${rows.map(
    (row) => html`
<tr><th scope="row"><bdi>${visibleText(row.name, 120)}</bdi></th><td><span class="result ${row.tone}"><span aria-hidden="true">${sign[row.tone]}</span> ${row.result}</span>${
      row.refusals.length > 0 && reasonList(row.refusals, locale)
    }</td><td class="count">${formatCount(row.skuCount, locale)}</td></tr>`,
  )}
</tbody>
</table>
</div>
${rows.length < total && html`<p>${words.more(formatCount(rows.length, locale), formatCount(total, locale))}</p>`}
</section>`;
}
