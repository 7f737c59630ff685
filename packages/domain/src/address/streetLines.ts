import { type AddressWord, addressWords } from './addressWords.ts';
import {
  afterHeldMail,
  afterMilitaryBox,
  afterMilitaryPostOffice,
  afterNumberedBox,
  afterPrivateMailbox,
  afterRoute,
} from './deliveryDesignations.ts';
import { afterPostOfficeBox } from './postOfficeBox.ts';

export type StreetFindingKind = 'po_box' | 'private_mailbox' | 'military' | 'general_delivery';

export interface StreetFinding {
  readonly kind: StreetFindingKind;
  /** Line on which its spelling begins. */
  readonly line: number;
}

const SPELLED_HOUSE_NUMBERS: ReadonlySet<string> = new Set(
  'ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE TEN'.split(' '),
);

const isHouseNumber = (words: readonly AddressWord[], at: number): boolean => {
  const word = words[at];
  if (!word) return false;
  if (word.isNumber) return true;
  // The A of 12A belongs to the number; ONE counts where a line begins.
  if (word.glued) return word.text.length === 1 && words[at - 1]?.isNumber === true;
  return word.afterBreak && SPELLED_HOUSE_NUMBERS.has(word.text);
};

/** Whether the word at `at` is the first of a street's name: `Main` in "12 Main St", `5` in "12 5th Ave". */
const namesStreet = (words: readonly AddressWord[], at: number): boolean => {
  const word = words[at]!;
  if (word.glued || word.afterBreak || !isHouseNumber(words, at - 1)) return false;
  return !word.isNumber || (words[at + 1]?.glued ?? false);
};

/**
 * What the street lines say beside a street, each kind at most once per line. One pass from left to right: a box number
 * is judged by what came before it, on a route it stands at the road, behind a street it is an inner box, alone it is a
 * post office box. Reads a bounded number of words ahead of each position, so work is linear in the words.
 */
export function findInStreetWords(words: readonly AddressWord[]): readonly StreetFinding[] {
  const findings = new Map<string, StreetFinding>();
  let streetBefore = false;
  let routeBefore = false;
  let at = 0;
  while (at < words.length) {
    const word = words[at]!;
    const found = (kind: StreetFindingKind, after: number) => {
      findings.set(`${kind} ${word.line}`, { kind, line: word.line });
      at = after;
    };
    let after = afterPostOfficeBox(words, at);
    if (after >= 0) {
      found('po_box', after);
      continue;
    }
    after = afterMilitaryBox(words, at, streetBefore);
    if (after < 0) after = afterMilitaryPostOffice(words, at);
    if (after >= 0) {
      found('military', after);
      continue;
    }
    after = afterHeldMail(words, at);
    if (after >= 0) {
      found('general_delivery', after);
      continue;
    }
    after = afterPrivateMailbox(words, at);
    if (after >= 0) {
      found('private_mailbox', after);
      continue;
    }
    after = afterNumberedBox(words, at);
    if (after >= 0) {
      if (routeBefore) at = after;
      else found(streetBefore ? 'private_mailbox' : 'po_box', after);
      continue;
    }
    after = afterRoute(words, at);
    if (after >= 0) {
      routeBefore = true;
      at = after;
      continue;
    }
    if (namesStreet(words, at)) streetBefore = true;
    at += 1;
  }
  return [...findings.values()];
}

/** `findInStreetWords` over cleaned lines. */
export const findInStreetLines = (lines: readonly string[]): readonly StreetFinding[] =>
  findInStreetWords(addressWords(lines));
