import type { FeedLimits } from '../format.ts';
import type { HeadRow } from './header.ts';
import { RowScanner } from './row-scanner.ts';

/** The first rows of a tab-delimited table; each ends at a character of the text. */
export function* headRows(text: string, limits: FeedLimits): Generator<HeadRow, void> {
  const all = Array.from({ length: limits.columns }, (_, column) => column);
  const scanner = new RowScanner(all, all.length, limits.cellLength);
  scanner.load(text, true);
  for (let at = 0; at < text.length; ) {
    at = scanner.next(at);
    if (scanner.blank) continue;
    yield { cells: filled(scanner.cells), tooWide: scanner.excess, end: Math.min(at, text.length) };
  }
}

/** A copy up to the last cell that is not empty. */
export const filled = (cells: readonly string[]): string[] =>
  cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1);
