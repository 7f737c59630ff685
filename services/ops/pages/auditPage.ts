import type { AuditEntry } from '@ge/database';
import { html, type Markup } from '@ge/mailer/markup';
import { page } from './frame.ts';
import { type Standing, topOf } from './top.ts';

export interface AuditPageModel extends Standing {
  /** The newest first. */
  readonly entries: readonly AuditEntry[];
  /** Of one target only; null = of all. */
  readonly target: string | null;
  /** Path of the next page; null on the last one. */
  readonly older: string | null;
}

/** What was changed by whom, and what for. */
export function changesPage({ entries, target, older, ...standing }: AuditPageModel): string {
  return page(
    'Changes',
    html`${topOf(standing, '/audit')}
<main>
<h1>Changes${target && html` of ${target}`}</h1>
${target && html`<p><a href="/audit">Of everything</a></p>`}
${entries.length === 0 && html`<p>Nothing was changed.</p>`}
${
  entries.length > 0 &&
  html`<div class="scroll" role="region" aria-label="Changes" tabindex="0"><table>
<thead><tr><th scope="col">When</th><th scope="col">Who</th><th scope="col">What</th><th scope="col">To what</th><th scope="col">What for</th><th scope="col">Before</th><th scope="col">After</th></tr></thead>
<tbody>
${entries.map(entryRow)}</tbody>
</table></div>`
}
${older && html`<p><a href="${older}" rel="next">Older</a></p>`}
</main>`,
  );
}

const entryRow = ({ at, actor, role, action, target, before, after, reason }: AuditEntry): Markup =>
  html`<tr><td class="whole">${at.toISOString().slice(0, 19).replace('T', ' ')} UTC</td><td>${actor} (${role})</td><th scope="row">${action}</th><td><a href="/audit?target=${encodeURIComponent(target)}">${target}</a></td><td>${reason ?? ''}</td><td>${facts(before)}</td><td>${facts(after)}</td></tr>
`;

/** Names and values as written down, for instance `paused: true`. */
const facts = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? Object.entries(value)
        .map(([name, of]) => `${name}: ${typeof of === 'object' ? JSON.stringify(of) : String(of)}`)
        .join(', ')
    : '';
