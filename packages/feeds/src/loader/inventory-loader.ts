import { type SkuFieldNames, type SkuOperation, skuRecord } from '../record/sku-record.ts';
import { rowFindings } from '../tab/row-findings.ts';
import type { TableFormat } from '../tab/table-format.ts';
import { unusedLoaderColumns } from './columns.ts';

const names: SkuFieldNames = {
  sku: 'sku',
  operation: 'add-delete',
  operations: 'a, d, x',
  templateName: 'merchant_shipping_group_name',
};
const spelled = [names.sku, names.operation, names.templateName];

function operationOf(cell: string): SkuOperation | null {
  if (cell === '' || cell === 'a' || cell === 'A') return 'assign';
  if (cell === 'd' || cell === 'D') return 'delete-offer';
  return cell === 'x' || cell === 'X' ? 'delete-product' : null;
}

/** Inventory Loader: one SKU per row; of its columns only those about the template and the offer's end are read (R15). */
export const inventoryLoader: TableFormat = {
  format: 'inventory-loader',
  templateTypes: ['inventoryloader'],
  columns: ['sku', 'add-delete', 'merchant-shipping-group-name'],
  spelled,
  // A file with neither could change nothing.
  required: [['sku'], ['merchant-shipping-group-name', 'add-delete']],
  unused: unusedLoaderColumns,
  asWorkbook: true,
  record: (recordNo, row) => {
    const [sku, operation, templateName] = row.cells;
    return skuRecord(recordNo, null, sku!, operationOf(operation!), templateName!, names, rowFindings(row, spelled));
  },
};
