import { assertDrawable, barcodeModules, placeBars } from '../barcode/barcode.ts';
import { rasterSize, rasterText } from '../font/rasterText.ts';
import type { LabelContent } from '../label/content.ts';
import { LABEL_HEIGHT, LABEL_WIDTH, type LabelElement, layoutLabel } from '../label/layout.ts';
import { blankBitmap, packedRows } from '../png/bitmap.ts';
import type { LabelDpi } from '../png/labelPng.ts';
import { cellsOf } from '../text/printable.ts';
import { isPrinterText, zplField } from './zplField.ts';

type TextElement = Extract<LabelElement, { kind: 'text' }>;
type BarcodeElement = Extract<LabelElement, { kind: 'barcode' }>;

/**
 * The label as ZPL II for a printer of 203 or 300 dpi, 4 × 6 inches. Barcodes are drawn by the printer (^BC);
 * text its own font lacks (Chinese, Japanese, Korean, Cyrillic …) goes as a picture (^GF).
 */
export function renderLabelZpl(content: LabelContent, dpi: LabelDpi): Uint8Array {
  const dots = (points: number): number => Math.round((points * dpi) / 72);
  const commands = [
    '^XA',
    '^CI28',
    `^PW${dots(LABEL_WIDTH)}`,
    `^LL${dots(LABEL_HEIGHT)}`,
    '^LH0,0',
    ...layoutLabel(content).map((element) => command(element, dots)),
    '^PQ1',
    '^XZ',
  ];
  return Buffer.from(`${commands.join('\n')}\n`, 'latin1');
}

function command(element: LabelElement, dots: (points: number) => number): string {
  if (element.kind === 'text') return textCommand(element, dots);
  if (element.kind === 'barcode') return barcodeCommand(element, dots);
  const thickness = Math.max(1, dots(element.height));
  return `^FO${dots(element.x)},${dots(element.y)}^GB${dots(element.width)},${thickness},${thickness}^FS`;
}

const justification = { left: 'L', center: 'C', right: 'R' } as const;

function textCommand(element: TextElement, dots: (points: number) => number): string {
  if (!isPrinterText(element.text)) return picture(element, dots);
  const width = dots(element.width);
  const height = dots(element.size);
  // Font 0 is about 0.6 as wide as high in capitals; where that is too wide its width is set so that the line fits.
  const advance = Math.min(height, Math.floor(width / Math.max(1, element.text.length * 0.6)));
  const origin = `^FO${dots(element.x)},${dots(element.y)}^A0N,${height},${Math.max(8, advance)}`;
  return `${origin}^FB${width},1,0,${justification[element.align]},0^FH^FD${zplField(element.text)}^FS`;
}

function barcodeCommand(element: BarcodeElement, dots: (points: number) => number): string {
  assertDrawable(element.barcode);
  const { module, start } = placeBars(barcodeModules(element.barcode), dots(element.width), 1);
  const mode = element.barcode.symbology === 'gs1-128' ? 'D' : 'A';
  const at = `^FO${dots(element.x) + start},${dots(element.y)}^BY${module},2,${dots(element.height)}`;
  return `${at}^BCN,${dots(element.height)},N,N,N,${mode}^FD${element.barcode.text}^FS`;
}

function picture(element: TextElement, dots: (points: number) => number): string {
  const width = dots(element.width);
  const size = rasterSize(element.text, dots(element.size), width);
  const drawn = Math.ceil((cellsOf(element.text) * size) / 2) + 2;
  const bitmap = blankBitmap(drawn, Math.ceil(size * 1.25));
  rasterText(bitmap, element.text, 0, 0, size, element.bold);
  const { bytesPerRow, rows } = packedRows(bitmap, 1);
  const free = Math.max(0, width - drawn);
  const x = dots(element.x) + Math.round(element.align === 'right' ? free : element.align === 'center' ? free / 2 : 0);
  const data = Buffer.from(rows).toString('hex').toUpperCase();
  return `^FO${x},${dots(element.y)}^GFA,${rows.length},${rows.length},${bytesPerRow},${data}^FS`;
}
