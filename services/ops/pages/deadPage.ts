import type { DeadGroup, MessageRow, Redriven } from '@ge/database';
import { html, type Markup } from '@ge/mailer/markup';
import { shownReason } from '../board/shown.ts';
import { page } from './frame.ts';
import { changeForm, field, hidden, moment, number, table } from './parts.ts';
import { type Standing, topOf } from './top.ts';

export interface DeadPageModel extends Standing {
  readonly groups: readonly DeadGroup[];
  readonly more: string | null;
}

/** Dead messages by what killed them. */
export function deadPage({ groups, more, ...standing }: DeadPageModel): string {
  const rows = groups.map(
    ({ queue, name, fingerprint, messages, sellers, firstAt, lastAt, sampleReason }) =>
      html`<tr><td class="whole">${queue}</td><td class="whole">${name}</td><td class="number">${number(messages)}</td><td class="number">${number(sellers)}</td><td class="whole">${moment(firstAt)}</td><td class="whole">${moment(lastAt)}</td><th scope="row"><a href="/dead/${encodeURIComponent(fingerprint)}">${shownReason(sampleReason) ?? fingerprint}</a></th></tr>
`,
  );
  return page(
    'Dead messages',
    html`${topOf(standing, '/dead')}
<main>
<h1>Dead messages</h1>
${
  groups.length === 0
    ? html`<p>None is dead.</p>`
    : table('Dead messages', ['Queue', 'Job', 'Messages', 'Sellers', 'First', 'Last', 'Why'], rows)
}
${more && html`<p><a href="${more}" rel="next">More</a></p>`}
</main>`,
  );
}

export interface DeadGroupPageModel extends Standing {
  readonly fingerprint: string;
  readonly messages: readonly MessageRow[];
  readonly more: string | null;
  readonly mayRedrive: boolean;
}

/** The messages that died alike, and the way to have them run again. */
export function deadGroupPage({ fingerprint, messages, more, mayRedrive, ...standing }: DeadGroupPageModel): string {
  const rows = messages.map(
    ({ id, queue, name, sellerId, attempts, crashes, deadAt, lastError }) =>
      html`<tr><th scope="row"><a href="/why?id=${id}">${id}</a></th><td class="whole">${queue}</td><td class="whole">${name}</td><td>${sellerId}</td><td class="number">${attempts}</td><td class="number">${crashes}</td><td class="whole">${moment(deadAt)}</td><td>${shownReason(lastError) ?? ''}</td></tr>
`,
  );
  return page(
    'Dead messages',
    html`${topOf(standing, '/dead')}
<main>
<h1>Died alike: ${fingerprint}</h1>
${
  messages.length === 0
    ? html`<p>None of them is dead any more.</p>`
    : table('Messages', ['Message', 'Queue', 'Job', 'Seller', 'Attempts', 'Crashes', 'Dead since', 'Why'], rows)
}
${more && html`<p><a href="${more}" rel="next">More</a></p>`}
${
  messages.length > 0 &&
  mayRedrive &&
  changeForm(
    `/dead/${encodeURIComponent(fingerprint)}`,
    standing.csrf,
    html`<h2>Have them run again</h2>${field('rate', 'rate', 'At most so many a second (empty: all at once)', '')}${field('reason', 'reason', 'What for', '', true)}`,
    'Show what would be run again',
  )
}
</main>`,
  );
}

export interface RedrivePageModel extends Standing {
  readonly fingerprint: string;
  readonly preview: Redriven;
  readonly rate: number | null;
  readonly reason: string;
}

/** What a redrive would do, before it does. */
export function redrivePage({ fingerprint, preview, rate, reason, ...standing }: RedrivePageModel): string {
  const { messages, sellers, operations, pastDeadline, lastDueAt, left } = preview;
  const also: readonly (Markup | false)[] = [
    pastDeadline > 0 && html`<p>${number(pastDeadline)} of them die again at once: their deadline is over.</p>`,
    left > 0 && html`<p>${number(left)} more are left for another time.</p>`,
  ];
  return page(
    'Run again',
    html`${topOf(standing, '/dead')}
<main>
<h1>Run ${number(messages)} messages again?</h1>
<p>${number(messages)} messages of ${number(sellers)} sellers in ${number(operations)} operations, the last of them at ${moment(lastDueAt)}${rate !== null && html`, ${rate} a second`}.</p>
${also}
${changeForm(`/dead/${encodeURIComponent(fingerprint)}`, standing.csrf, html`${hidden('rate', rate === null ? '' : String(rate))}${hidden('reason', reason)}${hidden('sure', 'yes')}`, `Run ${number(messages)} messages again`)}
<p><a href="/dead">Leave them</a></p>
</main>`,
  );
}
