import bwip from 'bwip-js/node';
import { type Bitmap, fillRect } from '../png/bitmap.ts';
import { cellsOf } from '../text/printable.ts';
import { unifont } from './unifont.ts';

const { FontLib } = bwip;
const NAME = 'unifont';
/** The font draws on a grid of 16; only sizes that are multiples of half of it come out even. */
const STEP = 8;
const SMALLEST = 16;
/** The glyph drawer measures a font by ascent + descent, which is 9/8 of this font's em. */
const EM = 8 / 9;
const BASELINE = 14 / 16;

let fontId: number | undefined;
const loadedFont = (): number => {
  if (fontId === undefined) {
    FontLib.loadFont(NAME, unifont());
    fontId = FontLib.lookup(NAME);
  }
  return fontId;
};

/** The largest even size in dots at which the text fits `width`, not above `wanted`; never below the smallest legible one. */
export function rasterSize(text: string, wanted: number, width: number): number {
  const fitting = Math.min(wanted + STEP / 2, (2 * width) / Math.max(1, cellsOf(text)));
  return Math.max(SMALLEST, Math.floor(fitting / STEP) * STEP);
}

/** Draws one line with its upper left corner at (x, y) in dots; bold is drawn twice, one dot apart. Returns its width. */
export function rasterText(bitmap: Bitmap, text: string, x: number, y: number, size: number, bold = false): number {
  const font = loadedFont();
  const baseline = y + Math.round(size * BASELINE);
  let pen = x;
  for (const character of text) {
    const glyph = FontLib.getglyph(font, character.codePointAt(0)!, size * EM, size * EM);
    for (let row = 0; row < glyph.height; row++) {
      for (let column = 0; column < glyph.width; column++) {
        if (glyph.bytes[glyph.offset + row * glyph.width + column]! < 128) continue;
        fillRect(bitmap, pen + glyph.left + column, baseline - glyph.top + row, bold ? 2 : 1, 1);
      }
    }
    pen += Math.round(glyph.advance);
  }
  return pen - x;
}
