import { codeTable, type Route } from '@ge/api';
import { html, type Markup } from '@ge/mailer/markup';

const routeRow = (route: Route): Markup => html`<tr id="${route.id}">
<td><code>${route.method} ${route.path}</code></td><td>${route.summary}</td><td>${route.scopes.join(', ')}</td><td>${[route.rule ?? []].flat().join(', ')}</td></tr>`;

/** A small page for people: every call and every code. The complete schemas are in /openapi.json. */
export function docsPage(routes: readonly Route[]): string {
  return html`<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Global Express Fleet · API</title>
<style>body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem}table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ccc;padding:.3rem .5rem;text-align:left;vertical-align:top}code{font-size:.9em}:target{background:#ffd}</style>
</head>
<body>
<h1>Global Express Fleet · API</h1>
<p>Schemas: <a href="/openapi.json">/openapi.json</a>. Send <code>Authorization: Bearer &lt;key&gt;</code>. Writes take an <code>Idempotency-Key</code>; 202 means durable, and the operation in the answer says how far it is. Errors are <code>application/problem+json</code> in the language of <code>Accept-Language</code> (zh or en).</p>
<h2>Calls</h2>
<table><thead><tr><th>Call</th><th>What it does</th><th>Keys</th><th>Rules</th></tr></thead><tbody>${routes.map(routeRow)}</tbody></table>
<h2>Codes</h2>
<table><thead><tr><th>Code</th><th>Status</th><th>Rule</th><th>Meaning and remedy</th></tr></thead><tbody>${codeTable().map(
    (row) => html`
<tr id="${row.code}"><td><code>${row.code}</code></td><td>${row.status}</td><td>${row.rule ?? ''}</td><td>${row.en} ${row.remedyEn}<br><span lang="zh-CN">${row.zh}${row.remedyZh}</span></td></tr>`,
  )}</tbody></table>
</body>
</html>
`.source;
}
