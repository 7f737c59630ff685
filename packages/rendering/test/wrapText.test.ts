import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellsOf, printableText, wrapText } from '../src/text/printable.ts';

describe('wrapping', () => {
  it('loses no character and keeps every line within its width, wide characters counted twice', () => {
    const text = fc
      .array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('上海市', ' ', 'データ', '한국')))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 60 }), (content, width) => {
        const lines = wrapText(content, width);
        for (const line of lines) expect(cellsOf(line)).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(' ', '')).toBe(printableText(content).replaceAll(' ', ''));
      }),
    );
  });
});
