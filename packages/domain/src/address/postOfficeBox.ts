import { type AddressWord, spellsOneOf } from './addressWords.ts';
import { afterBoxNumber, isStreetKind, partEnds } from './boxNumber.ts';

/** Spellings that are a post office box by themselves. Longest first wherever one begins another. */
const UNMISTAKABLE = ['POBOX', 'POBX', 'POSTOFFICEBOX', 'POSTOFCBOX', 'POSTOFFBOX', 'POFFICEBOX'];

/** Spellings that are one when a number follows or nothing does: `12 Post Box Rd` is a street, `P O B` is not. */
const WITH_NUMBER_OR_LAST = [
  'POSTOFFICELOCKBOX',
  'POSTOFFICECALLER',
  'POSTOFFICEDRAWER',
  'POSTOFFICEBIN',
  'POSTALBOX',
  'POSTBOX',
  'POLOCKBOX',
  'PODRAWER',
  'POCALLER',
  'POBIN',
  'POB',
  'APARTADODECORREOS',
  'APARTADOPOSTAL',
  'APDOPOSTAL',
  'CASILLAPOSTAL',
  'CAIXAPOSTAL',
  'BOITEPOSTALE',
];

/** Spellings that need the number: `P O Davis Drive` and `10 Post Office Sq` are streets. */
const WITH_NUMBER = ['POSTOFFICE', 'APARTADO', 'APDO', 'POSTFACH', 'PO'];

/**
 * Index after the post office box whose spelling begins at `at`, or -1. Its designation says so without doubt,
 * wherever it stands; see `boxDesignation` for the words that depend on what stands before them.
 */
export function afterPostOfficeBox(words: readonly AddressWord[], at: number): number {
  const certain = spellsOneOf(words, at, UNMISTAKABLE);
  if (certain >= 0) {
    // "14 Pobox Ln" is a street that happens to be called so.
    return words[at - 1]?.isNumber && isStreetKind(words[certain]) ? -1 : certain;
  }
  const likely = spellsOneOf(words, at, WITH_NUMBER_OR_LAST);
  if (likely >= 0) {
    const numbered = afterBoxNumber(words, likely);
    if (numbered >= 0) return numbered;
    if (partEnds(words, likely)) return likely;
  }
  const short = spellsOneOf(words, at, WITH_NUMBER);
  return short >= 0 ? afterBoxNumber(words, short) : -1;
}

// 邮政信箱, 郵政信箱 and 私書箱 name nothing else in an address.
const HAN_BOX = /信箱|私書箱/;

export const namesBoxInHan = (text: string): boolean => HAN_BOX.test(text);

/** Whether a city line names a post office box. */
export function namesPostOfficeBox(words: readonly AddressWord[]): boolean {
  return words.some((_, at) => afterPostOfficeBox(words, at) >= 0);
}

const NUMBERED_IN_NAMES = [...UNMISTAKABLE, 'POB'];

/** Whether a name line carries a numbered post office box; a company may be called "P.O. Box Supplies" or "Box 8". */
export function carriesPostOfficeBox(words: readonly AddressWord[]): boolean {
  return words.some((_, at) => {
    const after = spellsOneOf(words, at, NUMBERED_IN_NAMES);
    const number = words[after] && afterBoxNumber(words, after);
    return number !== undefined && number >= 0 && words.slice(after, number).some((word) => word.isNumber);
  });
}
