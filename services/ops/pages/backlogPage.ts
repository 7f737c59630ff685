import type { CancelledJob, SellerBacklog } from '@ge/database';
import { html, type Markup } from '@ge/mailer/markup';
import { page } from './frame.ts';
import { changeForm, field, hidden, moment, number, table } from './parts.ts';
import { type Standing, topOf } from './top.ts';

export interface BacklogPageModel extends Standing {
  readonly rows: readonly SellerBacklog[];
  /** `*` = all. */
  readonly queue: string;
  readonly sellerId: string;
  readonly more: string | null;
  readonly mayCancel: boolean;
}

/** What is owed, by queue and seller: Bull Board sees the window only. */
export function backlogPage({ rows, queue, sellerId, more, mayCancel, ...standing }: BacklogPageModel): string {
  const one = sellerId !== '*' && rows.length > 0;
  return page(
    'Backlog',
    html`${topOf(standing, '/backlog')}
<main>
<h1>Owed${queue !== '*' && html` in ${queue}`}${sellerId !== '*' && html` to ${sellerId}`}</h1>
<form method="get" action="/backlog" class="change">${hidden('queue', queue)}${field('seller', 'seller', 'Seller', sellerId === '*' ? '' : sellerId)}<button type="submit">Show</button></form>
${rows.length === 0 ? html`<p>Nothing is owed here.</p>` : table('Backlog', ['Queue', 'Seller', 'Now', 'Later', 'Oldest', 'Next due'], rows.map(row))}
${more && html`<p><a href="${more}" rel="next">More</a></p>`}
${one && mayCancel && cancelForm(queue, sellerId, standing.csrf)}
</main>`,
  );
}

const row = ({ queue, sellerId, ready, later, oldestAt, nextDueAt }: SellerBacklog): Markup =>
  html`<tr><th scope="row" class="whole"><a href="/board/queue/${encodeURIComponent(queue)}">${queue}</a></th><td class="whole"><a href="/backlog?seller=${encodeURIComponent(sellerId)}">${sellerId === '-' ? 'the programme' : sellerId}</a> (<a href="/why?id=${encodeURIComponent(`seller:${sellerId}`)}">why?</a>)</td><td class="number">${number(ready)}</td><td class="number">${number(later)}</td><td class="whole">${moment(oldestAt)}</td><td class="whole">${moment(nextDueAt)}</td></tr>
`;

const cancelForm = (queue: string, sellerId: string, csrf: string | null): Markup | null =>
  changeForm(
    '/backlog/cancel',
    csrf,
    html`<h2>Cancel what is owed</h2>${hidden('queue', queue)}${hidden('seller', sellerId)}${field('reason', 'reason', 'What for', '', true)}`,
    'Show what would be cancelled',
  );

export interface CancelPageModel extends Standing {
  readonly queue: string;
  readonly sellerId: string;
  readonly reason: string;
  readonly jobs: readonly CancelledJob[];
}

/** What would be cancelled, before it is. */
export function cancelPage({ queue, sellerId, reason, jobs, ...standing }: CancelPageModel): string {
  const sum = jobs.reduce((all, { cancelled }) => all + cancelled, 0);
  const shown = jobs.map(
    ({ queue: of, name, cancelled, kept }) =>
      html`<tr><td class="whole">${of}</td><th scope="row">${name}</th><td class="number">${number(cancelled)}</td><td>${Object.entries(
        kept,
      )
        .map(([why, count]) => `${number(count)} ${why.replaceAll('_', ' ')}`)
        .join(', ')}</td></tr>
`,
  );
  return page(
    'Cancel',
    html`${topOf(standing, '/backlog')}
<main>
<h1>Cancel what is owed to ${sellerId}?</h1>
<p>${number(sum)} messages would be ended instead of run, and what they are about is freed. This cannot be taken back.</p>
${table('What would be cancelled', ['Queue', 'Job', 'Cancelled', 'Goes on'], shown)}
${sum > 0 && changeForm('/backlog/cancel', standing.csrf, html`${hidden('queue', queue)}${hidden('seller', sellerId)}${hidden('reason', reason)}${hidden('sure', 'yes')}`, `Cancel ${number(sum)} messages`)}
<p><a href="/backlog?seller=${encodeURIComponent(sellerId)}">Leave them</a></p>
</main>`,
  );
}
