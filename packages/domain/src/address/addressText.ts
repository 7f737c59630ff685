/** Longest raw field that is looked at, in UTF-16 units; anything longer is refused unread, so work per field is bounded. */
export const RAW_FIELD_LIMIT = 512;

const FULL_WIDTH_ASCII = /[\uff01-\uff5e]/g;
// Format characters (zero-width, bidi, soft hyphen) and lone surrogates print nothing and hide words from a reader.
const INVISIBLE = /[\p{Cf}\p{Cs}]/gu;
const BLANKS = /[\s\p{Cc}]+/gu;

/**
 * The normalised writing of one field: full-width ASCII folded, invisible characters dropped, NFC, blanks collapsed
 * and trimmed. Not NFKC, which would turn 101½ into 1011⁄2. Idempotent; accepts any string.
 */
export function cleanText(raw: string): string {
  return raw
    .replace(FULL_WIDTH_ASCII, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(INVISIBLE, '')
    .normalize('NFC')
    .replace(BLANKS, ' ')
    .trim();
}

/** Length as a reader counts it: code points, so one Han character outside the BMP is one. */
export const textLength = (text: string): number => [...text].length;

/** False for a field of nothing but blanks and punctuation. */
export const saysSomething = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

const LETTER = /[\p{Lu}\p{Ll}\p{Lt}\p{Lo}]/gu;
const LATIN = /\p{Script=Latin}/u;

/** Whether carriers can print it: letters are Latin. Modifier letters (the ʻokina of Kapiʻolani) count as punctuation. */
export const isLatin = (text: string): boolean => (text.match(LETTER) ?? []).every((letter) => LATIN.test(letter));
