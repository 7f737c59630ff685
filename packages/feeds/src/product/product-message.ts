import { type SkuFieldNames, type SkuOperation, skuRecord } from '../record/sku-record.ts';
import type { MessageFormat } from '../xml/message-format.ts';

const SKU = 'SKU';
const TEMPLATE_NAME = 'DescriptionData/MerchantShippingGroupName';

const names: SkuFieldNames = {
  sku: SKU,
  operation: 'OperationType',
  operations: 'Update, PartialUpdate, Delete',
  templateName: 'MerchantShippingGroupName',
};

const operations: ReadonlyMap<string, SkuOperation> = new Map([
  ['', 'assign'],
  ['Update', 'assign'],
  ['PartialUpdate', 'assign'],
  ['Delete', 'delete-offer'],
]);

/** XML product feed. An Update, too, touches only the template here; product data has its own feeds (R15). */
export const productMessage: MessageFormat = {
  format: 'product-xml',
  messageType: 'Product',
  fields: [SKU, TEMPLATE_NAME],
  record: (recordNo, messageId, { operation, fields, problems }) => {
    const meant = operations.get(operation) ?? null;
    return skuRecord(recordNo, messageId, fields[SKU] ?? '', meant, fields[TEMPLATE_NAME] ?? '', names, problems);
  },
};
