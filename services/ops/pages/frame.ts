import { html, type Markup } from '@ge/mailer/markup';

/** One page of this service: works without script, styles from one file. */
export function page(title: string, body: Markup): string {
  return html`<!DOCTYPE html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} · Global Express operations</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/ops.css">
</head>
<body>
${body}
</body>
</html>
`.source;
}

/** A page that says what went wrong and what to do. */
export const messagePage = ({ title, detail }: { readonly title: string; readonly detail: string }): string =>
  page(
    title,
    html`<main class="narrow">
<h1>${title}</h1>
<p>${detail}</p>
<p><a href="/">To the overview</a></p>
</main>`,
  );
