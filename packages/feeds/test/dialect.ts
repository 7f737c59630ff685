import fc from 'fast-check';
import iconv from 'iconv-lite';

/** One way of writing a table as tab-delimited text. */
export interface Dialect {
  readonly lineEnds: readonly string[];
  readonly quoting: 'never' | 'where-needed' | 'always';
  readonly encoding: 'utf-8' | 'utf-16le' | 'windows-1252' | 'shift_jis';
  readonly mark: boolean;
  readonly declared: boolean;
  readonly headerRows: 1 | 2 | 3;
  /** Spelling of the names: bits choose upper case and separator. */
  readonly spelling: number;
  readonly lastLineEnd: boolean;
  readonly trailingTabs: number;
}

export interface Written {
  readonly bytes: Buffer;
  readonly charset: string | undefined;
}

export interface Row {
  readonly sku: string;
  readonly addDelete: string;
  readonly template: string;
  readonly note: string;
}

const alphabets: Readonly<Record<Dialect['encoding'], string>> = {
  'utf-8': 'aZ09 -_\'"=é全球速递ひ𝒜😀',
  'utf-16le': 'aZ09 -_\'"=é全球速递ひ𝒜😀',
  // Letters whose bytes are never a character of UTF-8, so that the encoding can be told without being declared.
  'windows-1252': 'aZ09 -_\'"=àéîöûñÿ',
  shift_jis: 'aZ09 -_\'"=ひカナ配送表',
};

const trimmed = (text: string): string => text.trim().toWellFormed();

export const dialects: fc.Arbitrary<Dialect> = fc.record({
  lineEnds: fc.subarray(['\n', '\r', '\r\n'], { minLength: 1 }),
  quoting: fc.constantFrom('never', 'where-needed', 'always'),
  encoding: fc.constantFrom('utf-8', 'utf-16le', 'windows-1252', 'shift_jis'),
  mark: fc.boolean(),
  declared: fc.boolean(),
  headerRows: fc.constantFrom(1, 2, 3),
  spelling: fc.nat(0xffff),
  lastLineEnd: fc.boolean(),
  trailingTabs: fc.nat(3),
});

/** Rows that the dialect can express. */
export function rowsFor(dialect: Dialect): fc.Arbitrary<readonly Row[]> {
  const unit = fc.constantFrom(...alphabets[dialect.encoding]);
  const quoted = dialect.quoting !== 'never';
  const cell = (maxLength: number) =>
    fc.string({ unit, maxLength }).map((text) => trimmed(quoted ? text : text.replace(/^[\s"]+/, '')));
  // Tabs or line breaks, not both: a quotation mark around both is taken for a stray one.
  const note = quoted
    ? fc.oneof(
        cell(20),
        fc.stringMatching(/^[a"]{0,5}\t[a"]{0,5}$/),
        fc.stringMatching(/^[a"]{0,5}(\n|\r\n)[a"]{0,5}$/),
      )
    : cell(20);
  const sku = fc.string({ unit, minLength: 1, maxLength: 10 }).map((text) => `S${trimmed(text)}`);
  const row = fc.record({ sku, addDelete: fc.constantFrom('', 'a', 'd', 'x'), template: cell(30), note });
  return fc.array(row, { minLength: 1, maxLength: 40 });
}

function spelled(name: string, bits: number): string {
  const separator = ['-', '_', ' '][bits % 3]!;
  const text = name.replaceAll('-', separator);
  return bits & 4 ? text.toUpperCase() : bits & 8 ? text.replace(/^./, (first) => first.toUpperCase()) : text;
}

function cellText(value: string, quoting: Dialect['quoting']): string {
  const needed = value.startsWith('"') || /[\t\r\n]/.test(value);
  if (quoting === 'never' || (quoting === 'where-needed' && !needed)) return value;
  return `"${value.replaceAll('"', '""')}"`;
}

/** @param order position of each column: SKU, add-delete, template name, note */
export function write(rows: readonly Row[], order: readonly number[], dialect: Dialect): Written {
  const line = (cells: readonly string[], quoting: Dialect['quoting']) => {
    const placed = order.map((column) => cellText(cells[column]!, quoting)).join('\t');
    return placed + '\t'.repeat(dialect.trailingTabs);
  };
  const names = ['sku', 'add-delete', 'merchant-shipping-group-name', 'item-note'];
  const head = [
    ['TemplateType=InventoryLoader\tVersion=2014.0415', line(['SKU', 'Action', 'Shipping template', 'Note'], 'never')],
    [
      line(
        names.map((name, i) => spelled(name, dialect.spelling >> (i * 4))),
        dialect.quoting,
      ),
    ],
  ];
  const above = dialect.headerRows === 3 ? head[0]! : head[0]!.slice(0, dialect.headerRows - 1);
  const lines = [
    ...above,
    ...head[1]!,
    ...rows.map(({ sku, addDelete, template, note }) => line([sku, addDelete, template, note], dialect.quoting)),
  ];
  const ends = lines.map((_, i) =>
    i === lines.length - 1 && !dialect.lastLineEnd ? '' : dialect.lineEnds[i % dialect.lineEnds.length]!,
  );
  const text = lines.map((one, i) => one + ends[i]).join('');
  const mark = dialect.encoding === 'utf-16le' || (dialect.encoding === 'utf-8' && dialect.mark);
  // Shift-JIS without kana cannot be told from Windows-1252.
  const declared = dialect.declared || (dialect.encoding === 'shift_jis' && !/[ひカナ]/.test(text));
  return {
    bytes: iconv.encode(text, dialect.encoding, { addBOM: mark }),
    charset: declared ? dialect.encoding : undefined,
  };
}
