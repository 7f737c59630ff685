import type { ConfirmationPlan, ConfirmationRow } from '../plan/confirmationRows.ts';

const columns: readonly (readonly [name: string, field: keyof ConfirmationRow])[] = [
  ['order-id', 'orderId'],
  ['order-item-id', 'orderItemId'],
  ['quantity', 'quantity'],
  ['ship-date', 'shipDate'],
  ['carrier-code', 'carrierCode'],
  ['carrier-name', 'carrierName'],
  ['tracking-number', 'trackingNumber'],
  ['ship-method', 'shipMethod'],
];

/** The flat file: one header row, CRLF, an empty line at the end as spreadsheets leave it. */
export function* confirmationText({ rows }: ConfirmationPlan): Generator<string> {
  yield `${columns.map(([name]) => name).join('\t')}\r\n`;
  for (const row of rows) yield `${columns.map(([, field]) => row[field] ?? '').join('\t')}\r\n`;
  yield '\r\n';
}
