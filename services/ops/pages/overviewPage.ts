import { queueNames } from '@ge/contracts';
import type { Pause } from '@ge/database';
import { html, type Markup } from '@ge/mailer/markup';
import type { Overview, QueueOverview } from '../overview.ts';
import { page } from './frame.ts';
import { changeForm, field, hidden, number } from './parts.ts';
import { type Standing, topOf } from './top.ts';

export interface OverviewPageModel extends Standing {
  readonly overview: Overview;
  readonly mayPause: boolean;
}

/** What every queue owes and what of it is under way in Redis, with links into the board. */
export function overviewPage({ overview, mayPause, ...standing }: OverviewPageModel): string {
  return page(
    'Overview',
    html`${topOf(standing, '/')}
<main>
<h1>Queues</h1>
${overview.redisAnswers ? '' : html`<p class="mistake" role="alert">Redis does not answer. Nothing is lost: what is owed stands in PostgreSQL and is sent again once Redis is back.</p>`}
<div class="scroll" role="region" aria-label="Queues" tabindex="0">
<table>
<caption>As of <time datetime="${overview.at.toISOString()}">${overview.at.toISOString().slice(0, 19).replace('T', ' ')} UTC</time>. <a href="/">Refresh</a></caption>
<thead>
<tr><th scope="col" rowspan="2">Queue</th><th scope="colgroup" colspan="5">Owed (PostgreSQL)</th><th scope="colgroup" colspan="4">Window (Redis)</th><th scope="col" rowspan="2">State</th></tr>
<tr><th scope="col">Ready</th><th scope="col">Later</th><th scope="col">Dead</th><th scope="col">Oldest</th><th scope="col">Most owed to</th><th scope="col">Waiting</th><th scope="col">Active</th><th scope="col">Delayed</th><th scope="col">Failed</th></tr>
</thead>
<tbody>
${overview.queues.map(queueRow)}
</tbody>
</table>
</div>
<p>Ready: to be run now. Later: snoozed, waiting for another attempt, or ordered for later. Dead: given up. The board shows the window only: the pointers that Redis holds right now.</p>
<h2>Pauses</h2>
${pauseList(overview, mayPause ? standing.csrf : null)}
${mayPause && pauseForm(standing.csrf)}
</main>`,
  );
}

const cell = (value: number | undefined): Markup =>
  html`<td class="number">${value === undefined ? '–' : number(value)}</td>`;

const alarming = (value: number): Markup =>
  html`<td class="number${value > 0 ? ' alarming' : ''}">${number(value)}</td>`;

function queueRow({ backlog, window, states }: QueueOverview): Markup {
  return html`<tr><th scope="row" class="whole"><a href="/board/queue/${encodeURIComponent(backlog.queue)}">${backlog.queue}</a></th>${cell(backlog.ready)}${cell(backlog.due)}${alarming(backlog.dead)}<td class="number">${
    backlog.ready > 0 ? duration(backlog.oldestSeconds) : '–'
  }</td><td>${backlog.topSellers.map(
    ({ sellerId, owed }, index) =>
      html`${index > 0 && ', '}<a class="whole" href="/backlog?seller=${encodeURIComponent(sellerId)}">${sellerId === '-' ? 'the programme' : sellerId} (${number(owed)})</a>`,
  )}</td>${cell(window?.waiting)}${cell(window?.active)}${cell(window?.delayed)}${
    window ? alarming(window.failed) : cell(undefined)
  }<td>${states.join(', ')}</td></tr>
`;
}

/** Holds a queue, a seller, or a seller in one queue back. */
const pauseForm = (csrf: string | null): Markup | null =>
  changeForm(
    '/pauses',
    csrf,
    html`<h2>Hold something back</h2><label for="queue">Queue</label><select id="queue" name="queue"><option value="*">every queue</option>${queueNames.map((queue) => html`<option>${queue}</option>`)}</select>${field('seller', 'seller', 'Seller (empty: every seller)', '')}${field('reason', 'reason', 'What for', '', true)}`,
    'Hold back',
  );

const liftForm = (csrf: string | null, { queue, sellerId }: Pause): Markup | null =>
  changeForm(
    '/pauses/lift',
    csrf,
    html`${hidden('queue', queue)}${hidden('seller', sellerId)}${hidden('reason', 'no longer needed')}`,
    'Let go',
  );

function pauseList({ pauses }: Overview, csrf: string | null): Markup {
  if (pauses.length === 0) return html`<p>The relay holds nothing back.</p>`;
  return html`<div class="scroll" role="region" aria-label="Pauses" tabindex="0"><table>
<thead><tr><th scope="col">Queue</th><th scope="col">Seller</th><th scope="col">Since</th><th scope="col">Reason</th>${csrf && html`<th scope="col">Change</th>`}</tr></thead>
<tbody>
${pauses.map(
  (pause) => html`<tr><td>${pause.queue === '*' ? 'every queue' : pause.queue}</td><td>${
    pause.sellerId === '*' ? 'every seller' : pause.sellerId
  }</td><td>${pause.createdAt.toISOString().slice(0, 16).replace('T', ' ')} UTC</td><td>${pause.reason}</td>${csrf && html`<td>${liftForm(csrf, pause)}</td>`}</tr>
`,
)}</tbody>
</table></div>`;
}

/** Seconds as people say them, in the two largest units: `3 h 12 min`. */
function duration(seconds: number): string {
  const whole = Math.floor(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  if (whole < 86_400) return `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`;
  return `${Math.floor(whole / 86_400)} d ${Math.floor((whole % 86_400) / 3_600)} h`;
}
