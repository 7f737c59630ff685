import { html, type Markup } from '@ge/mailer/markup';

/** Whom a page is made for. */
export interface Standing {
  /** Proof of the session for forms; null for whoever came with a bearer key. */
  readonly csrf: string | null;
  readonly role: string;
}

const places: readonly (readonly [path: string, name: string])[] = [
  ['/', 'Overview'],
  ['/board/', 'Board'],
  ['/backlog', 'Backlog'],
  ['/dead', 'Dead'],
  ['/why', 'Why?'],
  ['/audit', 'Changes'],
  ['/reason', 'Reason'],
  ['/metrics', 'Metrics'],
];

/** The way to every page, with the one that is open, and the way out. */
export function topOf({ csrf, role }: Standing, here: string): Markup {
  return html`<header>
<nav aria-label="Main">${places.map(
    ([path, name]) => html`<a href="${path}"${path === here && html` aria-current="page"`}>${name}</a> `,
  )}</nav>
${csrf && html`<form method="post" action="/logout"><input type="hidden" name="csrf" value="${csrf}"><span>${role}</span> <button type="submit">Log out</button></form>`}
</header>`;
}
