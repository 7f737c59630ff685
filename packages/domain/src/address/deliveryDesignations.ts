import { type AddressWord, spells, spellsOneOf } from './addressWords.ts';
import { afterBoxNumber, isStreetKind } from './boxNumber.ts';

/** Words for a box whose meaning depends on what stands before them (Publication 28, sections 24, 25 and 283). */
const BOX_WORDS = ['MAILBOX', 'LOCKBOX', 'PBOX', 'BOX', 'BIN', 'DRAWER', 'CALLERSERVICE', 'CALLER', 'BUZON'];

/** Index after `Box 12`, `Drawer K`, `Lock Box 4` … beginning at `at`, or -1. */
export function afterNumberedBox(words: readonly AddressWord[], at: number): number {
  const designation = spellsOneOf(words, at, BOX_WORDS);
  if (designation < 0) return -1;
  const number = afterBoxNumber(words, designation);
  if (number < 0) return -1;
  // "123 Box 8 Ranch Rd": a house number before and a kind of street behind make it the street's name.
  return words[at - 1]?.isNumber && isStreetKind(words[number]) ? -1 : number;
}

/** Routes along which boxes stand at the road. The number may be missing: "Star Rt Box 9". */
const ROUTES = [
  'HIGHWAYCONTRACTROUTE',
  'HIGHWAYCONTRACT',
  'RURALROUTE',
  'RURALRTE',
  'RURALRT',
  'STARROUTE',
  'STARRTE',
  'STARRT',
  'RFD',
  'HCR',
  'HC',
  'RR',
];

/** Numbered roads; without the number they are ordinary words. */
const NUMBERED_ROADS = ['COUNTYROAD', 'STATEROUTE', 'STATEROAD', 'HIGHWAY', 'ROUTE', 'HWY', 'RTE', 'RT', 'SR', 'CR'];

/** Index after a route or numbered road beginning at `at`, or -1. */
export function afterRoute(words: readonly AddressWord[], at: number): number {
  const route = spellsOneOf(words, at, ROUTES);
  if (route >= 0) return words[route]?.isNumber ? route + 1 : route;
  const road = spellsOneOf(words, at, NUMBERED_ROADS);
  if (road >= 0 && words[road]?.isNumber) return road + 1;
  // "RD 1 Box 15" is rural delivery only where the line begins; elsewhere RD is a road.
  if (words[at]?.afterBreak && words[at]?.text === 'RD' && words[at + 1]?.isNumber) return at + 2;
  return -1;
}

/** Index after `PSC n Box n`, `CMR n Box n` or, where a unit cannot be an inner unit of a street address, `Unit n Box n`. */
export function afterMilitaryBox(words: readonly AddressWord[], at: number, streetBefore: boolean): number {
  const mailroom = spellsOneOf(words, at, streetBefore ? ['PSC', 'CMR'] : ['PSC', 'CMR', 'UNIT']);
  if (mailroom < 0 || !words[mailroom]?.isNumber) return -1;
  const box = spells(words, mailroom + 1, 'BOX');
  return box >= 0 && words[box]?.isNumber ? box + 1 : -1;
}

const MILITARY_POST_OFFICES = ['APO', 'FPO', 'DPO'];
const MILITARY_STATES: ReadonlySet<string> = new Set(['AA', 'AE', 'AP']);

/** Index after `APO AE`, `FPO AP` … beginning at `at`, or -1. */
export function afterMilitaryPostOffice(words: readonly AddressWord[], at: number): number {
  const office = spellsOneOf(words, at, MILITARY_POST_OFFICES);
  return office >= 0 && MILITARY_STATES.has(words[office]?.text ?? '') ? office + 1 : -1;
}

/** Whether a city line is a military post office: `APO`, `F.P.O.`, `DPO AA`, `APO, New York`. */
export function isMilitaryCity(words: readonly AddressWord[]): boolean {
  const office = spellsOneOf(words, 0, MILITARY_POST_OFFICES);
  if (office < 0) return false;
  const next = words[office];
  return !next || next.afterBreak || MILITARY_STATES.has(next.text);
}

const HELD_MAIL = ['GENERALDELIVERY', 'GENDELIVERY', 'GENDEL', 'POSTERESTANTE', 'LISTADECORREOS'];

/** Index after mail held at the counter, which is the whole part where it stands, or -1. */
export function afterHeldMail(words: readonly AddressWord[], at: number): number {
  if (!words[at]?.afterBreak) return -1;
  const after = spellsOneOf(words, at, HELD_MAIL);
  return after >= 0 && (words[after]?.afterBreak ?? true) ? after : -1;
}

/** Index after a private mailbox at a mail-receiving agency (`PMB 12`), or -1. */
export function afterPrivateMailbox(words: readonly AddressWord[], at: number): number {
  const designation = spells(words, at, 'PMB');
  return designation >= 0 ? afterBoxNumber(words, designation) : -1;
}
