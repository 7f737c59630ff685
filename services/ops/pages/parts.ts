import { html, type Markup } from '@ge/mailer/markup';

/** `2026-05-04 12:00:00 UTC`, or a dash where there is no such moment. */
export const moment = (at: Date | null): string =>
  at ? `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC` : '–';

const numbers = new Intl.NumberFormat('en-US');
export const number = (value: number): string => numbers.format(value);

/** A table that scrolls by itself on a narrow screen and is reached by keyboard. */
export const table = (name: string, columns: readonly string[], rows: readonly Markup[]): Markup =>
  html`<div class="scroll" role="region" aria-label="${name}" tabindex="0"><table>
<thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>
${rows}</tbody>
</table></div>`;

/** A form that changes something; null for whoever may not, or has no session to prove. */
export const changeForm = (path: string, csrf: string | null, fields: Markup, button: string): Markup | null =>
  csrf === null
    ? null
    : html`<form method="post" action="${path}" class="change"><input type="hidden" name="csrf" value="${csrf}">${fields}<button type="submit">${button}</button></form>`;

export const hidden = (name: string, value: string): Markup =>
  html`<input type="hidden" name="${name}" value="${value}">`;

/** A labelled field; `id` must be the only one of the page. */
export const field = (id: string, name: string, label: string, value: string, required = false): Markup =>
  html`<label for="${id}">${label}</label><input id="${id}" name="${name}" value="${value}" maxlength="200" autocomplete="off"${required && html` required`}>`;
