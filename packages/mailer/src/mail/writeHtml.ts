import { html, type Markup } from '../markup/html.ts';
import type { MailBlock, MailDocument } from './mailDocument.ts';

// Mail programs drop style sheets, so styles stand on the elements. Every pair of colours has a contrast of at least 7:1.
const INK = '#1a1a1a';
const STYLE = {
  body: `margin:0;padding:16px;background:#ffffff;color:${INK};font:16px/1.5 -apple-system,'Segoe UI',Roboto,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',Arial,sans-serif`,
  main: 'max-width:600px;margin:0 auto',
  h1: 'font-size:22px;line-height:1.3;margin:0 0 16px',
  h2: 'font-size:17px;line-height:1.4;margin:24px 0 8px',
  button:
    'display:inline-block;padding:12px 24px;background:#0b4f8a;color:#ffffff;font-weight:bold;text-decoration:underline;border-radius:4px',
  link: 'color:#0b4f8a;word-break:break-all',
  quote: `margin:8px 0;padding:8px 16px;border-left:4px solid #595959;color:${INK}`,
  table: 'border-collapse:collapse;width:100%;margin:16px 0',
  caption: 'text-align:left;font-weight:bold;padding:8px 0',
  cell: 'text-align:left;padding:8px;border-bottom:1px solid #767676',
  small: 'color:#4a4a4a;font-size:13px',
} as const;

function writeBlock(block: MailBlock): Markup {
  switch (block.kind) {
    case 'paragraph':
      return html`<p>${block.text}</p>`;
    case 'list':
      return html`<ul>${block.items.map((item) => html`<li>${item}</li>`)}</ul>`;
    case 'action':
      return html`<p><a href="${block.url}" style="${STYLE.button}">${block.label}</a></p><p style="${STYLE.small}"><a href="${block.url}" style="${STYLE.link}">${block.url}</a></p>`;
    case 'quotation':
      return html`<p>${block.label}</p><blockquote style="${STYLE.quote}">${block.text}</blockquote>`;
    case 'findings':
      return html`<h2 style="${STYLE.h2}">${block.title}</h2><ul>${block.findings.map(
        (finding) =>
          html`<li>${finding.problem} <span style="${STYLE.small}">[${finding.reference}]</span>${
            finding.remedy && html`<br><strong>${block.remedyLabel}</strong> ${finding.remedy}`
          }</li>`,
      )}</ul>`;
    case 'table':
      return html`<table style="${STYLE.table}"><caption style="${STYLE.caption}">${block.caption}</caption><thead><tr>${block.columns.map(
        (column) => html`<th scope="col" style="${STYLE.cell}">${column}</th>`,
      )}</tr></thead><tbody>${block.rows.map(
        ([left, right]) =>
          html`<tr><th scope="row" style="${STYLE.cell};font-weight:normal">${left}</th><td style="${STYLE.cell}">${right}</td></tr>`,
      )}</tbody></table>`;
  }
}

/** The text/html alternative: one small page without images, scripts or anything fetched from elsewhere. */
export function writeHtml(document: MailDocument): string {
  return html`<!DOCTYPE html>
<html lang="${document.locale}" dir="ltr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light"><title>${document.subject}</title></head>
<body style="${STYLE.body}"><main style="${STYLE.main}"><h1 style="${STYLE.h1}">${document.subject}</h1>
<p>${document.greeting}</p>
${document.blocks.map((block) => html`${writeBlock(block)}\n`)}<p>${document.signature}</p>
<hr><p style="${STYLE.small}">${document.footnote}</p></main></body></html>
`.source;
}
