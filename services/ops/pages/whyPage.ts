import type { MessageLogRow, Why, WhyMessage } from '@ge/database';
import { describeWhy, type WhyReason } from '@ge/domain';
import { html, type Markup } from '@ge/mailer/markup';
import { shownReason } from '../board/shown.ts';
import { page } from './frame.ts';
import { field, moment, table } from './parts.ts';
import { type Standing, topOf } from './top.ts';

export interface WhyPageModel extends Standing {
  readonly id: string;
  /** null where nothing has that id, or nothing was asked. */
  readonly why: Why | null;
}

/** What became of something, and what it waits for. */
export function whyPage({ id, why, ...standing }: WhyPageModel): string {
  return page(
    why ? `${why.kind} ${why.id}` : 'Why?',
    html`${topOf(standing, '/why')}
<main>
<h1>${why ? html`${why.kind} ${why.id}: ${why.state}` : 'What became of it?'}</h1>
<form method="get" action="/why" class="change">${field('id', 'id', 'Id of a message, job, command, order, label, feed, template, seller, or seller/SKU', id)}<button type="submit">Ask</button></form>
${!why && id !== '' && html`<p role="alert" class="mistake">Nothing here has this id.</p>`}
${why && answer(why)}
</main>`,
  );
}

const answer = (why: Why): Markup => html`${reasonList(why.reasons)}
${why.messages.length > 0 && html`<h2>Owed for it</h2>${table('Owed for it', ['Message', 'Job', 'Attempts', 'What it waits for'], why.messages.map(messageRow))}`}
${why.history.length > 0 && html`<h2>What was done</h2>${table('What was done', ['When', 'Message', 'Job', 'Outcome', 'Attempts', 'Reason'], why.history.map(logRow))}`}
${why.related.length > 0 && html`<h2>See also</h2><ul>${why.related.map(({ kind, id, state }) => html`<li>${link(`${kind}:${id}`)}${state && html` (${state})`}</li>`)}</ul>`}`;

const link = (id: string): Markup => html`<a href="/why?id=${encodeURIComponent(id)}">${id}</a>`;

const reasonList = (reasons: readonly WhyReason[]): Markup =>
  html`<ul>${reasons.map((reason) => {
    const { message, next } = describeWhy(reason, 'en-US');
    return html`<li>${'reason' in reason.params ? (shownReason(message) ?? '') : message}${reason.until && html` (until ${moment(reason.until)})`} ${next}</li>`;
  })}</ul>`;

const messageRow = ({ message, reasons }: WhyMessage): Markup =>
  html`<tr><th scope="row">${link(String(message.id))}<br><a href="/board/queue/${encodeURIComponent(message.queue)}/${message.id}-${message.gen}">on the board</a></th><td class="whole">${message.name}</td><td class="number">${message.attempts}</td><td>${reasonList(reasons)}</td></tr>
`;

const logRow = ({ at, messageId, name, outcome, attempts, reason }: MessageLogRow): Markup =>
  html`<tr><td class="whole">${moment(at)}</td><td>${messageId === null ? '–' : link(String(messageId))}</td><th scope="row" class="whole">${name}</th><td>${outcome}</td><td class="number">${attempts}</td><td>${shownReason(reason) ?? ''}</td></tr>
`;
