import { deflated, type Packed, zipFile } from './zip-file.ts';

const transitional = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const strict = 'http://purl.oclc.org/ooxml/officeDocument/relationships';

export interface BookStyle {
  readonly isStrict: boolean;
  /** Prefix of every element, with its colon. */
  readonly prefix: string;
  readonly absoluteTargets: boolean;
  readonly trailingSizes: boolean;
}

const plainStyle: BookStyle = { isStrict: false, prefix: '', absoluteTargets: false, trailingSizes: false };

export interface Sheet {
  readonly name: string;
  readonly state?: 'hidden' | 'veryHidden';
  readonly kind?: 'worksheet' | 'chartsheet';
  readonly xml: string | Packed;
}

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The rows as the XML of a sheet. */
export const sheetXml = (rows: string, prefix = ''): string =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<${prefix}worksheet><${prefix}dimension ref="A1"/><${prefix}sheetData>${rows}</${prefix}sheetData><${prefix}pageMargins left="0.7"/></${prefix}worksheet>`;

export const textsXml = (items: readonly string[], prefix = ''): string =>
  `<?xml version="1.0"?><${prefix}sst count="${items.length}">${items.map((item) => `<${prefix}si>${item}</${prefix}si>`).join('')}</${prefix}sst>`;

/** Formats of cells by their codes; the first one is number 0. */
export function stylesXml(codes: readonly string[], prefix = ''): string {
  const named = codes.map((code, i) => `<${prefix}numFmt numFmtId="${164 + i}" formatCode="${escaped(code)}"/>`);
  const formats = codes.map((_, i) => `<${prefix}xf numFmtId="${164 + i}" applyNumberFormat="1"/>`);
  const p = prefix;
  return `<?xml version="1.0"?><${p}styleSheet><${p}numFmts>${named.join('')}</${p}numFmts><${p}cellStyleXfs><${p}xf numFmtId="165"/></${p}cellStyleXfs><${p}cellXfs>${formats.join('')}</${p}cellXfs></${p}styleSheet>`;
}

const packed = (content: string | Packed): Packed => (typeof content === 'string' ? deflated(content) : content);

/** The entries of a workbook; `texts` is the XML of what its cells share, `styles` that of their formats. */
export function bookEntries(
  sheets: readonly Sheet[],
  texts: string | Packed | null = null,
  style: BookStyle = plainStyle,
  styles: string | Packed | null = null,
): Record<string, Packed> {
  const { prefix: p, absoluteTargets } = style;
  const types = style.isStrict ? strict : transitional;
  const relation = (id: string, kind: string, target: string) =>
    `<Relationship Id="${id}" Type="${types}/${kind}" Target="${target}"/>`;
  const relations = (inside: string) =>
    `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inside}</Relationships>`;
  const target = (part: string) => (absoluteTargets ? `/xl/${part}` : part);
  const listed = sheets.map(
    ({ name, state }, i) =>
      `<${p}sheet name="${escaped(name)}" sheetId="${i + 1}"${state ? ` state="${state}"` : ''} r:id="s${i}"/>`,
  );
  const parts = sheets.map(({ kind = 'worksheet' }, i) => relation(`s${i}`, kind, target(`cells/part${i}.xml`)));
  const shared = texts === null ? '' : relation('t', 'sharedStrings', target('sharedStrings.xml'));
  const formats = styles === null ? '' : relation('f', 'styles', target('styles.xml'));
  const link = relation('h', 'hyperlink', 'https://example.com/').replace('/>', ' TargetMode="External"/>');
  return {
    '[Content_Types].xml': deflated('<Types/>'),
    '_rels/.rels': deflated(
      relations(relation('r1', 'officeDocument', absoluteTargets ? '/xl/book.xml' : 'xl/book.xml')),
    ),
    'xl/book.xml': deflated(
      `<${p}workbook xmlns:r="${types}"><${p}sheets>${listed.join('')}</${p}sheets></${p}workbook>`,
    ),
    'xl/_rels/book.xml.rels': deflated(relations(parts.reverse().join('') + shared + formats + link)),
    ...Object.fromEntries(sheets.map(({ xml }, i) => [`xl/cells/part${i}.xml`, packed(xml)])),
    ...(texts === null ? {} : { 'xl/sharedStrings.xml': packed(texts) }),
    ...(styles === null ? {} : { 'xl/styles.xml': packed(styles) }),
  };
}

export const bookOf = (
  sheets: readonly Sheet[],
  texts: string | Packed | null = null,
  style: BookStyle = plainStyle,
  styles: string | Packed | null = null,
): Buffer => zipFile(bookEntries(sheets, texts, style, styles), style.trailingSizes);

/** A row of texts inside their cells. */
export const textRow = (...cells: readonly string[]): string =>
  `<row>${cells.map((cell) => `<c t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`).join('')}</row>`;

export const loaderNames = textRow('sku', 'merchant_shipping_group_name', 'add-delete');

/** A workbook with one sheet of these rows below the column names. */
export const loaderBook = (
  rows: string,
  texts: string | Packed | null = null,
  styles: string | Packed | null = null,
): Buffer => bookOf([{ name: 'Template', xml: sheetXml(loaderNames + rows) }], texts, plainStyle, styles);
