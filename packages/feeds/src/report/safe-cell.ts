// Signs that start a formula, with their full-width forms, or quoted text.
const ACTIVE = /^\s*[=+\-@"\uff1d\uff0b\uff0d\uff20]/;

/**
 * A cell of a tab-delimited report: one line, and nothing a spreadsheet would run as a formula or take for the start of
 * quoted text. Such a cell gets an apostrophe in front, which spreadsheets read as "text".
 */
export function safeCell(value: string): string {
  const line = value.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').toWellFormed();
  return ACTIVE.test(line) ? `'${line}` : line;
}
