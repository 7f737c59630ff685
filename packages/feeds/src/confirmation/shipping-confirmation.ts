import { rowFindings } from '../tab/row-findings.ts';
import type { TableFormat } from '../tab/table-format.ts';
import { type ConfirmationFieldNames, confirmationRecord } from './confirmation-record.ts';

const names: ConfirmationFieldNames = {
  orderId: 'order-id',
  orderItemId: 'order-item-id',
  quantity: 'quantity',
  shipDate: 'ship-date',
  carrierCode: 'carrier-code',
  carrierName: 'carrier-name',
  trackingNumber: 'tracking-number',
  shipMethod: 'ship-method',
  shipFromSupplySourceId: 'ship_from_supply_source_id',
};
const spelled = Object.values(names);

/** Shipping confirmation file: one order, or some units of one of its items, per row. */
export const shippingConfirmation: TableFormat = {
  format: 'shipping-confirmation',
  templateTypes: ['orderfulfillment', 'shippingconfirmation'],
  columns: spelled.map((name) => name.replaceAll('_', '-')),
  spelled,
  required: [['order-id'], ['ship-date']],
  unused: new Set(),
  asWorkbook: false,
  record: (recordNo, row) => {
    const [orderId, orderItemId, quantity, shipDate, carrierCode, carrierName, trackingNumber, shipMethod, from] =
      row.cells as [string, string, string, string, string, string, string, string, string];
    const fields = {
      orderId,
      items: orderItemId === '' && quantity === '' ? [] : [{ orderItemId, quantity }],
      shipDate,
      carrierCode,
      carrierName,
      trackingNumber,
      shipMethod,
      shipFromSupplySourceId: from,
    };
    return confirmationRecord(recordNo, null, fields, names, rowFindings(row, spelled));
  },
};
