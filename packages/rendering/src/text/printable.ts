const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]/u;

/** What can be printed of a text: composed, spaces single, without control, direction and other invisible characters. */
export const printableText = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\s\p{Z}]+/gu, ' ')
    .replace(/\p{C}|\p{Variation_Selector}/gu, '')
    .trim();

/** Width in half-width cells: Chinese, Japanese and Korean characters take two. */
export const cellsOf = (text: string): number => {
  let cells = 0;
  for (const character of text) cells += WIDE.test(character) ? 2 : 1;
  return cells;
};

/** Breaks a text into lines of at most `width` cells, between words where there are any, else inside. */
export function wrapText(text: string, width: number): readonly string[] {
  if (width < 2) throw new RangeError('a line needs room for one wide character');
  const lines: string[] = [];
  let line = '';
  const flush = () => {
    if (line !== '') lines.push(line);
    line = '';
  };
  for (const word of printableText(text).split(' ')) {
    if (cellsOf(line) + cellsOf(word) + 1 <= width && line !== '') {
      line += ` ${word}`;
      continue;
    }
    flush();
    for (const character of word) {
      if (cellsOf(line) + cellsOf(character) > width) flush();
      line += character;
    }
  }
  flush();
  return lines;
}
