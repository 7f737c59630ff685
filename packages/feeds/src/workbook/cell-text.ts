/** Digits that a spreadsheet keeps of a number. */
const digits = 15;

/**
 * The text a person sees in a cell without format that holds this number: whole numbers as they are written, others to
 * fifteen digits and never with an exponent. What is no number stays as it is.
 */
export function numberText(written: string): string {
  const text = written.trim();
  if (/^-?(0|[1-9]\d*)$/.test(text)) return text;
  const number = text === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(number)) return text;
  return withoutExponent(String(Number(number.toPrecision(digits))));
}

/** The text a person sees of a number in a format of so many zeros; of one that is not whole or below 0, the number as it is. */
export const withZeros = (number: string, digits: number): string =>
  /^\d+$/.test(number) ? number.padStart(digits, '0') : number;

function withoutExponent(text: string): string {
  const parts = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (!parts) return text;
  const [, sign = '', first = '', rest = ''] = parts;
  const exponent = Number(parts[4]);
  const all = first + rest;
  return exponent < 0 ? `${sign}0.${'0'.repeat(-exponent - 1)}${all}` : `${sign}${all.padEnd(exponent + 1, '0')}`;
}

/** Characters that XML cannot hold are written _xHHHH_ in workbooks, and so is an underscore before what looks like it. */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9a-fA-F]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;

export const booleanText = (written: string): string =>
  written === '1' || written === 'true' ? 'TRUE' : written === '0' || written === 'false' ? 'FALSE' : written;

/** Column of a reference such as C5, from 0; null when it names none. Beyond seven letters they are all the same. */
export function columnOf(reference: string | undefined): number | null {
  let column = 0;
  let letters = 0;
  for (; reference && letters < Math.min(reference.length, 7); letters++) {
    const letter = reference.charCodeAt(letters) & ~0x20;
    if (letter < 0x41 || letter > 0x5a) break;
    column = column * 26 + letter - 0x40;
  }
  return letters === 0 ? null : column - 1;
}
