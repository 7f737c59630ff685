import { barcodeModules, placeBars } from '../barcode/barcode.ts';
import { rasterSize, rasterText } from '../font/rasterText.ts';
import type { LabelContent } from '../label/content.ts';
import { LABEL_HEIGHT, LABEL_WIDTH, type LabelElement, layoutLabel } from '../label/layout.ts';
import { cellsOf } from '../text/printable.ts';
import { type Bitmap, blankBitmap, fillRect } from './bitmap.ts';
import { encodePng } from './encodePng.ts';

export type LabelDpi = 203 | 300;

/** The label as PNG, 4 × 6 inches: 812 × 1218 dots at 203 dpi, 1200 × 1800 at 300. */
export function renderLabelPng(content: LabelContent, dpi: LabelDpi = 203): Uint8Array {
  const dots = (points: number): number => Math.round((points * dpi) / 72);
  const bitmap = blankBitmap(dots(LABEL_WIDTH), dots(LABEL_HEIGHT));
  for (const element of layoutLabel(content)) draw(bitmap, element, dots);
  return encodePng(bitmap, dpi);
}

function draw(bitmap: Bitmap, element: LabelElement, dots: (points: number) => number): void {
  const [x, y, width] = [dots(element.x), dots(element.y), dots(element.width)];
  if (element.kind === 'rule') {
    fillRect(bitmap, x, y, width, Math.max(1, dots(element.height)));
    return;
  }
  if (element.kind === 'barcode') {
    const { bars } = placeBars(barcodeModules(element.barcode), width, 1);
    for (const bar of bars) fillRect(bitmap, x + bar.x, y, bar.width, dots(element.height));
    return;
  }
  const size = rasterSize(element.text, dots(element.size), width);
  const free = width - (cellsOf(element.text) * size) / 2;
  const left =
    x + Math.max(0, Math.round(element.align === 'right' ? free : element.align === 'center' ? free / 2 : 0));
  rasterText(bitmap, element.text, left, y, size, element.bold);
}
