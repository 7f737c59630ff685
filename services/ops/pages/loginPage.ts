import { html } from '@ge/mailer/markup';
import { page } from './frame.ts';

export interface LoginPageModel {
  /** Signature that ties the form to the browser. */
  readonly form: string;
  /** Path to go on to. */
  readonly next: string;
  readonly mistake: string | null;
}

export function loginPage({ form, next, mistake }: LoginPageModel): string {
  return page(
    mistake ? 'Error: log in' : 'Log in',
    html`<main class="narrow">
<h1>Global Express operations</h1>
<form method="post" action="/login">
<input type="hidden" name="form" value="${form}">
<input type="hidden" name="next" value="${next}">
<label for="key">Operator key</label>
<input id="key" name="key" type="password" autocomplete="current-password" autocapitalize="none" spellcheck="false" required autofocus maxlength="200"${
      mistake ? html` aria-invalid="true" aria-describedby="mistake"` : ''
    }>
${mistake ? html`<p id="mistake" class="mistake" role="alert">${mistake}</p>` : ''}
<button type="submit">Log in</button>
</form>
</main>`,
  );
}
