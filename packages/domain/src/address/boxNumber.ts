import type { AddressWord } from './addressWords.ts';

const NUMBER_MARKS: ReadonlySet<string> = new Set(['NO', 'NUM', 'NUMBER', 'NBR', 'NR']);
const ORDINALS: ReadonlySet<string> = new Set(['ST', 'ND', 'RD', 'TH']);
const STREET_KINDS: ReadonlySet<string> = new Set(
  'ALY AVE AVENUE BLVD BOULEVARD CIR CIRCLE COURT COVE CT CV DR DRIVE FARM HWY LANE LN LOOP PARK PASS PATH PIKE PKWY PL PLACE PLAZA RANCH RD ROAD ROW RUN SQ SQUARE ST STREET TER TRAIL TRL WAY WALK'.split(
    ' ',
  ),
);

/** Whether the line (or a part of it set off by a comma) ends before this word. */
export const partEnds = (words: readonly AddressWord[], at: number): boolean => words[at]?.afterBreak ?? true;

export const isStreetKind = (word: AddressWord | undefined): boolean =>
  word !== undefined && STREET_KINDS.has(word.text);

/**
 * Index after a box number that stands at `at`: `12`, `No. 12`, `12A`, `A12`, or a single letter that ends its part;
 * -1 when there is none. `8th` is a street, not a box.
 */
export function afterBoxNumber(words: readonly AddressWord[], at: number): number {
  const marked = words[at];
  const start = marked && NUMBER_MARKS.has(marked.text) ? at + 1 : at;
  const word = words[start];
  if (!word) return -1;
  const next = words[start + 1];
  if (word.isNumber) {
    if (!next?.glued) return start + 1;
    return ORDINALS.has(next.text) || next.text.length > 1 ? -1 : start + 2;
  }
  if (word.text.length > 1) return -1;
  if (next?.glued && next.isNumber) return start + 2;
  return partEnds(words, start + 1) ? start + 1 : -1;
}
