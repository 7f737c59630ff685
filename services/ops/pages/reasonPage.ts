import { html } from '@ge/mailer/markup';
import { reasonLength, reasonMs } from '../session/statedReason.ts';
import { page } from './frame.ts';
import { type Standing, topOf } from './top.ts';

export interface ReasonPageModel extends Standing {
  /** What was stated before and still stands. */
  readonly reason: string | null;
  /** Path to go on to. */
  readonly next: string;
}

/** Asks what something is done for; it stands beside everything that is done in the next minutes. */
export function reasonPage({ reason, next, ...standing }: ReasonPageModel): string {
  return page(
    'Reason',
    html`${topOf(standing, '/reason')}
<main class="narrow">
<h1>What for?</h1>
<p>What you change in the next ${reasonMs / 60_000} minutes is kept with this reason. Removing, rescheduling and limiting on the board ask for one. Do not name people in it.</p>
<form method="post" action="/reason">
<input type="hidden" name="csrf" value="${standing.csrf ?? ''}">
<input type="hidden" name="next" value="${next}">
<label for="reason">Reason</label>
<input id="reason" name="reason" value="${reason ?? ''}" maxlength="${reasonLength}" autocomplete="off">
<button type="submit">Keep this reason</button>
</form>
</main>`,
  );
}
