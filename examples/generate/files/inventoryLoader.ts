import type { AssignmentRow } from '../plan/assignmentRows.ts';
import type { FeedPlan } from '../plan/feeds.ts';
import { loaderTemplates } from '../plan/templates.ts';
import type { Random } from '../random.ts';

/** Names that differ from a present one by what people get wrong: case, blanks, punctuation, a letter, a digit. */
const nearNames: readonly string[] = [
  'standard, 48 states',
  'Standard 48 states',
  'Standard,  48 states',
  'Free Shipping 5-8 Days',
  'FREE SHIPPING 5–8 DAYS',
  'Oversize and Heavy (freight)',
  'Expedited 2025',
  'Lager Süd / Été',
  '标准配送 - 全国',
];

/** Names of templates that are nowhere near. */
const unknownNames: readonly string[] = [
  'Zirkumpolarlager',
  'Quokka Depot Perth WA',
  'xyzzy',
  '旧系统迁移专用临时模板请勿删除',
];

const notes: readonly string[] = [
  'Ships in original box',
  'Fits 15" monitors',
  'Colour may vary, see photos',
  'New, never opened\nGift wrap on request',
  'Genuine "American" leather',
  'Été collection – no returns',
];

type Column = readonly [name: string, label: string, cell: (row: AssignmentRow) => string];

/** Quotes as a spreadsheet does: where the cell holds a quotation mark, a line break, a tab or a comma. */
const written = (cell: string): string => (/["\n\t,]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

function columnsOf({ seller }: FeedPlan, random: Random): readonly Column[] {
  const skuOf = (row: AssignmentRow): string => {
    if (row.kind === 'sku_empty') return '';
    if (row.kind === 'sku.unknown') return `GONE-${random.int(100_000, 999_999)}`;
    if (row.kind === 'sku_too_long') return `LISTED-TWICE-AND-NAMED-BY-A-ROBOT-${random.int(1_000_000, 9_999_999)}`;
    return seller.skus[row.sku]!.code;
  };
  const operationOf = ({ kind }: AssignmentRow): string => {
    if (kind === 'delete_offer') return 'd';
    if (kind === 'delete_product') return 'x';
    if (kind === 'operation_unknown') return 'update';
    return random.pick(['a', 'a', 'a', '', 'A']);
  };
  const templateOf = ({ kind, target }: AssignmentRow): string => {
    if (kind === 'former_name') return loaderTemplates.formerName;
    if (kind === 'template_unknown') return random.pick(unknownNames);
    if (kind === 'template_near') return random.pick(nearNames);
    return target === -1 ? '' : seller.templates[target]!.name;
  };
  const price = () => `${random.int(5, 199)}.${random.pick(['00', '49', '95', '99'])}`;
  const asin = () => `B0${random.int(10_000_000, 99_999_999)}`;
  return random.shuffle<Column>([
    ['sku', 'Seller SKU', skuOf],
    ['product-id', 'Product ID', asin],
    ['product-id-type', 'Product ID Type', () => '1'],
    ['price', 'Price', price],
    ['minimum-seller-allowed-price', 'Minimum Price', () => ''],
    ['item-condition', 'Condition', () => '11'],
    ['quantity', 'Quantity', () => String(random.int(0, 250))],
    ['add-delete', 'Add/Delete', operationOf],
    ['will-ship-internationally', 'International', () => ''],
    ['item-note', 'Condition Note', () => (random.chance(0.06) ? random.pick(notes) : '')],
    ['fulfillment-center-id', 'Fulfilment Centre', () => ''],
    ['merchant_shipping_group_name', 'Merchant Shipping Group', templateOf],
    ['product_tax_code', 'Tax Code', () => random.pick(['A_GEN_TAX', ''])],
    ['handling-time', 'Handling Time', () => random.pick(['1', '2', '3', ''])],
    ['batteries_required', 'Batteries Required', () => ''],
    ['list_price_with_tax', 'List Price', () => ''],
    ['our shelf', 'Our Shelf', () => random.pick(['A1', 'B7', 'C3'])],
  ]);
}

/**
 * The file as a spreadsheet saves it: byte order mark, CRLF, marker row, labels, names, two empty columns at the end,
 * blank rows here and there. Record numbers count the blank rows, the processed rows do not.
 * Gives the text in pieces of some rows; `onRow` hears of every row with its record number.
 */
export function* inventoryLoaderText(
  plan: FeedPlan,
  random: Random,
  onRow: (row: AssignmentRow, recordNo: number, sku: string) => void,
): Generator<string> {
  const columns = columnsOf(plan, random);
  const line = (cells: readonly string[], more = '\t\t') => `${cells.map(written).join('\t')}${more}\r\n`;
  const skuColumn = columns.findIndex(([name]) => name === 'sku');
  const blank = '\t'.repeat(columns.length + 1);
  yield '\uFEFFTemplateType=InventoryLoader\tVersion=2020.0805\tThe top 3 rows are for use by the marketplace only.\r\n';
  yield line(columns.map(([, label]) => label));
  yield line(columns.map(([name]) => name));
  let recordNo = 0;
  for (const row of plan.rows) {
    recordNo += 1;
    const cells = columns.map(([, , cell]) => cell(row));
    onRow(row, recordNo, cells[skuColumn]!);
    yield line(cells, row.kind === 'surplus_cell' ? '\t\tpasted by mistake' : '\t\t');
    if (recordNo % 4000 === 1500) {
      recordNo += 1;
      yield `${blank}\r\n`;
    }
  }
  yield `${blank}\r\n${blank}\r\n`;
}
