import fc from 'fast-check';
import { type BookStyle, bookOf, escaped, sheetXml, stylesXml, textsXml } from './workbook-file.ts';

/** A cell of a table that can be written as text and into a workbook. */
export type Cell =
  | { readonly kind: 'text'; readonly text: string }
  /** `zeros`: how many its format has. */
  | { readonly kind: 'number'; readonly no: number; readonly zeros: number };

/** How one cell is written. */
interface CellStyle {
  readonly way: 'shared' | 'runs' | 'inline' | 'formula';
  readonly referred: boolean;
  readonly exponent: boolean;
}

export interface Table {
  /** Header rows and data rows; an empty one is blank. */
  readonly rows: readonly (readonly Cell[])[];
  readonly cellStyles: readonly CellStyle[];
  readonly numberedRows: boolean;
  readonly book: BookStyle;
}

const unit = fc.constantFrom(...'aZ09 -_x\'"=<>&é全球ひ😀\n');
const mostZeros = 12;
const text = (value: string): Cell => ({ kind: 'text', text: value });
const cell: fc.Arbitrary<Cell> = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit, maxLength: 12 }).map(text) },
  { weight: 1, arbitrary: fc.string({ unit, minLength: 30, maxLength: 60 }).map(text) },
  { weight: 2, arbitrary: fc.constant(text('')) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.oneof(fc.nat(999_999_999_999_999), fc.nat(999)), fc.oneof(fc.constant(0), fc.nat(mostZeros)))
      .map(([no, zeros]): Cell => ({ kind: 'number', no, zeros })),
  },
);
const action = fc.constantFrom('', 'a', 'D', 'x', '?').map(text);
const names = ['sku', 'add-delete', 'merchant_shipping_group_name', 'quantity', 'mine'];
const marker = [text('TemplateType=InventoryLoader'), text('Version=2014.0415')];

const row = (order: readonly number[]): fc.Arbitrary<readonly Cell[]> =>
  fc.oneof(
    { weight: 1, arbitrary: fc.constant([]) },
    {
      weight: 6,
      arbitrary: fc
        .tuple(cell, action, cell, cell, cell, fc.option(cell, { freq: 8, nil: null }))
        .map(([sku, operation, template, quantity, mine, beyond]) => {
          const cells = [sku, operation, template, quantity, mine];
          return [...order.map((column) => cells[column]!), ...(beyond ? [beyond] : [])];
        }),
    },
  );

export const tables: fc.Arbitrary<Table> = fc
  .tuple(fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }), fc.constantFrom(1, 2, 3), fc.nat(2))
  .chain(([order, headerRows, blankAbove]) => {
    const named = order.map((column) => text(names[column]!));
    const above = [
      ...Array.from({ length: blankAbove }, () => []),
      ...[[], [marker], [marker, marker]][headerRows - 1]!,
    ];
    return fc.record({
      rows: fc.array(row(order), { maxLength: 40 }).map((rows) => [...above, named, ...rows]),
      cellStyles: fc.array(
        fc.record({
          way: fc.constantFrom('shared', 'runs', 'inline', 'formula'),
          referred: fc.boolean(),
          exponent: fc.boolean(),
        }),
        { minLength: 1, maxLength: 7 },
      ),
      numberedRows: fc.boolean(),
      book: fc.record({
        isStrict: fc.boolean(),
        prefix: fc.constantFrom('', 'x:'),
        absoluteTargets: fc.boolean(),
        trailingSizes: fc.boolean(),
      }),
    });
  });

/** The table as tab-delimited UTF-8, every text in quotation marks. */
export const asText = ({ rows }: Table): Buffer =>
  Buffer.from(
    rows
      .map((cells) =>
        cells
          .map((one) =>
            one.kind === 'number' ? `${one.no}`.padStart(one.zeros, '0') : `"${one.text.replaceAll('"', '""')}"`,
          )
          .join('\t'),
      )
      .join('\r\n'),
  );

const letters = 'ABCDEFG';
const formats = ['General', ...Array.from({ length: mostZeros }, (_, i) => '0'.repeat(i + 1))];

/** The same table as a workbook, each cell in one of the ways that workbooks know. */
export function asWorkbook({ rows, cellStyles, numberedRows, book }: Table): Buffer {
  const p = book.prefix;
  const texts: string[] = [];
  let count = 0;
  const written = (one: Cell, column: number, rowNo: number, follows: boolean): string => {
    const { way, referred, exponent } = cellStyles[count++ % cellStyles.length]!;
    const place = referred || !follows ? ` r="${letters[column]}${rowNo}"` : '';
    if (one.kind === 'number') {
      const format = one.zeros > 0 || referred ? ` s="${one.zeros}"` : '';
      return `<${p}c${place}${format}><${p}v>${exponent ? one.no.toExponential() : one.no}</${p}v></${p}c>`;
    }
    const content = escaped(one.text.replace(/_(?=x[\da-fA-F]{4}_)/g, '_x005F_'));
    const t = (part: string) => `<${p}t xml:space="preserve">${part}</${p}t>`;
    if (way === 'inline') return `<${p}c${place} t="inlineStr"><${p}is>${t(content)}</${p}is></${p}c>`;
    if (way === 'formula') return `<${p}c${place} t="str"><${p}f>A1</${p}f><${p}v>${content}</${p}v></${p}c>`;
    const half = content.indexOf(';') + 1;
    const runs = `<${p}r>${t(content.slice(0, half))}</${p}r><${p}r>${t(content.slice(half))}</${p}r>`;
    texts.push(way === 'runs' ? runs : t(content));
    return `<${p}c${place} t="s"><${p}v>${texts.length - 1}</${p}v></${p}c>`;
  };
  const lines = rows.map((cells, i) => {
    if (cells.length === 0 && numberedRows) return '';
    let last = -1;
    const inside = cells.map((one, column) => {
      if (one.kind === 'text' && one.text === '') return '';
      const follows = last === column - 1;
      last = column;
      return written(one, column, i + 1, follows);
    });
    return `<${p}row${numberedRows ? ` r="${i + 1}"` : ''}>${inside.join('')}</${p}row>`;
  });
  const sheet = { name: 'Template', xml: sheetXml(lines.join(''), p) };
  return bookOf([sheet], textsXml(texts, p), book, stylesXml(formats, p));
}
