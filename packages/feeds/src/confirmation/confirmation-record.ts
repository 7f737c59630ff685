import { problem } from '../problem/problem.ts';
import type { FeedRecord, RowProblem } from '../record/record.ts';
import { rejected } from '../record/sku-record.ts';
import { checkRequired, checkValue } from '../record/value-check.ts';

/** A confirmation as written, all text. */
export interface ConfirmationFields {
  readonly orderId: string;
  readonly items: readonly { readonly orderItemId: string; readonly quantity: string }[];
  readonly shipDate: string;
  readonly carrierCode: string;
  readonly carrierName: string;
  readonly trackingNumber: string;
  readonly shipMethod: string;
  readonly shipFromSupplySourceId: string;
}

/** How the format at hand calls the fields, for findings. */
export type ConfirmationFieldNames = Readonly<Record<Exclude<keyof ConfirmationFields, 'items'>, string>> & {
  readonly orderItemId: string;
  readonly quantity: string;
};

const TEXT_BYTES = 255;
const ID_BYTES = 64;
const ORDER_ID = /^\d{3}-\d{7}-\d{7}$/;
const QUANTITY = /^[1-9]\d{0,5}$/;
const DATE = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/** A day that exists, with an optional time of day. */
function isDate(text: string): boolean {
  const [, year, month, day, hour = '0', minute = '0', second = '0'] = DATE.exec(text) ?? [];
  if (year === undefined) return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const exists = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return exists && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
}

function* findings(fields: ConfirmationFields, names: ConfirmationFieldNames): Generator<RowProblem | null> {
  const order = checkRequired(fields.orderId, names.orderId, ID_BYTES);
  yield order ?? (ORDER_ID.test(fields.orderId) ? null : problem('GE-18002', { column: names.orderId }));
  const date = checkRequired(fields.shipDate, names.shipDate, ID_BYTES);
  yield date ?? (isDate(fields.shipDate) ? null : problem('GE-18003', { column: names.shipDate }));
  for (const item of fields.items) {
    yield checkValue(item.orderItemId, names.orderItemId, ID_BYTES);
    if (item.orderItemId === '') {
      yield item.quantity === '' ? problem('90220', { column: names.orderItemId }) : problem('GE-18005');
    }
    if (item.quantity === '') continue;
    yield QUANTITY.test(item.quantity) ? null : problem('GE-18004', { column: names.quantity });
  }
  yield checkValue(fields.carrierCode, names.carrierCode, TEXT_BYTES);
  yield checkValue(fields.carrierName, names.carrierName, TEXT_BYTES);
  if (fields.carrierName === '') {
    if (fields.carrierCode === '') yield problem('90220', { column: names.carrierCode });
    if (fields.carrierCode.toLowerCase() === 'other') yield problem('90220', { column: names.carrierName });
  }
  yield checkValue(fields.trackingNumber, names.trackingNumber, TEXT_BYTES);
  yield checkValue(fields.shipMethod, names.shipMethod, TEXT_BYTES);
  yield checkValue(fields.shipFromSupplySourceId, names.shipFromSupplySourceId, TEXT_BYTES);
}

/** Checks one confirmation. Whether the order is a GE order (R18) is known only where orders are. */
export function confirmationRecord(
  recordNo: number,
  messageId: string | null,
  fields: ConfirmationFields,
  names: ConfirmationFieldNames,
  found: readonly RowProblem[],
): FeedRecord {
  const problems = found.slice();
  for (const one of findings(fields, names)) if (one) problems.push(one);
  if (problems.some((one) => one.severity === 'error')) {
    const orderId = ORDER_ID.test(fields.orderId) ? fields.orderId : '';
    const itemId = fields.items[0]?.orderItemId ?? '';
    const orderItemId = checkValue(itemId, names.orderItemId, ID_BYTES) ? '' : itemId;
    return rejected(recordNo, messageId, problems, { orderId, orderItemId });
  }
  return {
    ...fields,
    kind: 'confirmation',
    recordNo,
    messageId,
    sku: '',
    items: fields.items.map(({ orderItemId, quantity }) => ({
      orderItemId,
      quantity: quantity === '' ? null : Number(quantity),
    })),
    problems,
  };
}
