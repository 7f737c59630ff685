import type { Address } from '@ge/domain';
import type { Barcode } from '../barcode/barcode.ts';
import { printableText, wrapText } from '../text/printable.ts';
import { type LabelContent, LabelContentError } from './content.ts';

/** Points (1/72 inch) from the upper left corner; `y` of a text is its top, `size` its height. */
export type LabelElement =
  | {
      readonly kind: 'text';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly size: number;
      readonly text: string;
      readonly bold: boolean;
      readonly align: 'left' | 'center' | 'right';
    }
  | { readonly kind: 'rule'; readonly x: number; readonly y: number; readonly width: number; readonly height: number }
  | {
      readonly kind: 'barcode';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly barcode: Barcode;
    };

/** 4 × 6 inches. */
export const LABEL_WIDTH = 288;
export const LABEL_HEIGHT = 432;

const MARGIN = 10;
const INNER = LABEL_WIDTH - 2 * MARGIN;
/** A character cell is half as wide as it is high. */
const cells = (width: number, size: number): number => Math.floor(width / (size / 2));

type TextOptions = Partial<{ x: number; width: number; bold: boolean; align: 'left' | 'center' | 'right' }>;

const text = (y: number, size: number, content: string, options: TextOptions = {}): LabelElement => ({
  kind: 'text',
  x: MARGIN,
  width: INNER,
  bold: false,
  align: 'left',
  ...options,
  y,
  size,
  text: printableText(content),
});

const rule = (y: number, height = 1.5): LabelElement => ({ kind: 'rule', x: MARGIN, y, width: INNER, height });

const addressLines = (address: Address): readonly string[] =>
  [
    address.name,
    address.line1,
    address.line2,
    [address.city, address.state, address.postalCode].filter(Boolean).join(' '),
    address.phone && `TEL ${address.phone}`,
  ].filter((line): line is string => line !== undefined && line !== '');

/** The largest of the sizes at which all lines, wrapped, fit the box. */
function block(
  name: string,
  lines: readonly string[],
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  sizes: readonly number[],
): readonly LabelElement[] {
  for (const size of sizes) {
    const wrapped = lines.flatMap((line) => wrapText(line, cells(box.width, size)));
    const step = size * 1.15;
    if (wrapped.length * step > box.height) continue;
    return wrapped.map((line, i) => text(box.y + i * step, size, line, { x: box.x, width: box.width }));
  }
  throw new LabelContentError(`${name} does not fit the label`);
}

/** Places everything that stands on a label, for all formats alike. Throws LabelContentError where a text does not fit. */
export function layoutLabel(content: LabelContent): readonly LabelElement[] {
  const weight = `${(content.weightGrams / 1_000).toFixed(2)} KG`;
  return [
    text(11, 15, content.carrierName, { bold: true, width: 140 }),
    text(13, 11, content.serviceName, { x: 155, width: 123, bold: true, align: 'right' }),
    rule(32, 2),
    text(37, 8, 'FROM', { bold: true }),
    ...block(
      'sender',
      [...addressLines(content.from), content.from.country],
      { x: MARGIN, y: 47, width: 160, height: 66 },
      [8, 6, 5],
    ),
    text(37, 8, `DATE ${content.shipDate}`, { x: 178, width: 100, align: 'right' }),
    text(47, 8, weight, { x: 178, width: 100, align: 'right' }),
    text(57, 8, '1 OF 1', { x: 178, width: 100, align: 'right' }),
    text(72, 17, 'DDP', { x: 178, width: 100, align: 'right', bold: true }),
    text(92, 6, 'DUTIES AND TAXES PAID', { x: 178, width: 100, align: 'right' }),
    rule(115),
    text(119, 8, 'SHIP TO', { bold: true }),
    ...block(
      'recipient',
      addressLines(content.to),
      { x: MARGIN + 8, y: 130, width: INNER - 8, height: 80 },
      [11.5, 8.6, 5.7],
    ),
    text(212, 17, content.to.country, { bold: true, align: 'right' }),
    rule(233),
    ...routing(content.routingBarcode),
    rule(302),
    { kind: 'barcode', x: MARGIN, y: 309, width: INNER, height: 70, barcode: content.trackingBarcode },
    text(382, 11.5, content.trackingId, { align: 'center', bold: true }),
    rule(398, 1),
    text(402, 6, content.contents, {}),
    text(410, 6, `REF ${content.reference}`, {}),
    ...(content.notice ? [text(418, 8, content.notice, { align: 'center', bold: true })] : []),
  ];
}

const routing = (barcode: Barcode | undefined): readonly LabelElement[] =>
  barcode
    ? [
        { kind: 'barcode', x: MARGIN, y: 239, width: INNER, height: 46, barcode },
        text(288, 8, barcode.text, { align: 'center' }),
      ]
    : [];
