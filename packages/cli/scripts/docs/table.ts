/** A cell of a Markdown table: one line, and nothing that would end the cell. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\s+/g, ' ').trim();

/** A text in which braces and angle brackets are meant literally, for instance `{limit}` or `<key>`. */
export const literal = (text: string): string => cell(text).replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Several lines within one cell. */
export const lines = (...texts: readonly string[]): string => texts.filter((text) => text !== '').join('<br>');

/** A Markdown table; cells are put in as they are. */
export const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

/** First lines of a document that is written from code. */
export const preface = (title: string, source: string): string =>
  `# ${title}\n\n<!-- Written from ${source} by \`pnpm run docs\`; a test compares. Change the source, not this file. -->`;
