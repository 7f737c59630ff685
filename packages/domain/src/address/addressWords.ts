/** A run of letters or of digits, upper case ASCII, as a careless or a cunning writer meant it. */
export interface AddressWord {
  readonly text: string;
  readonly isNumber: boolean;
  /** No separator to the word before: the `A` of `12A`, the `123` of `POBOX123`. */
  readonly glued: boolean;
  /** A comma, semicolon or line end stands before it (also true of the first word). */
  readonly afterBreak: boolean;
  readonly line: number;
}

// Capitals that look like Latin ones but do not decompose to them; small letters are raised first.
const LOOKALIKES: Readonly<Record<string, string>> = Object.fromEntries(
  [
    // Cyrillic
    'АA ВB ЕE КK МM НH ОO РP СC ТT УY ХX ІI ЈJ ЅS',
    // Greek
    'ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX',
    // Armenian O, Latin O with stroke, small capitals (which have no capital of their own)
    'ՕO ØO ᴀA ʙB ᴄC ᴅD ᴇE ɪI ᴋK ʟL ᴍM ɴN ᴏO ᴘP ʀR ᴛT ᴜU ᴠV ᴡW',
  ]
    .join(' ')
    .split(' ')
    .map((pair) => [...pair]),
);

const RUN = /[A-Z]+|[0-9]+/g;

const skeleton = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/\P{ASCII}/gu, (char) => LOOKALIKES[char] ?? char);

/**
 * The words of some lines (already cleaned, see `cleanText`), separators dropped. Linear in the text.
 * Letters and digits always part (`BOX12` is two words, the second glued); phrases are put together again by `spells`.
 */
export function addressWords(lines: readonly string[]): readonly AddressWord[] {
  const words: AddressWord[] = [];
  lines.forEach((text, line) => {
    const folded = skeleton(text);
    let end = 0;
    let first = true;
    for (const match of folded.matchAll(RUN)) {
      const between = folded.slice(end, match.index);
      const run = match[0];
      words.push({
        text: run,
        isNumber: run.charCodeAt(0) <= 0x39,
        glued: !first && between === '',
        afterBreak: first || /[,;，、]/.test(between),
        line,
      });
      end = match.index + run.length;
      first = false;
    }
  });
  return words;
}

/**
 * Index after the words that spell `target` from index `at` on, whatever separates its letters and with 0 read as O;
 * -1 when they do not. Looks at no more words than the target has letters.
 */
export function spells(words: readonly AddressWord[], at: number, target: string): number {
  let matched = 0;
  let next = at;
  while (matched < target.length) {
    const word = words[next];
    if (!word) return -1;
    const text = word.isNumber ? word.text.replaceAll('0', 'O') : word.text;
    if (!target.startsWith(text, matched)) return -1;
    matched += text.length;
    next += 1;
  }
  return next;
}

/** Tries targets in order, so longer ones must come first; -1 when none is spelled here. */
export function spellsOneOf(words: readonly AddressWord[], at: number, targets: readonly string[]): number {
  for (const target of targets) {
    const next = spells(words, at, target);
    if (next >= 0) return next;
  }
  return -1;
}
