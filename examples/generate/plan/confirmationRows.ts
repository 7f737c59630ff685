import type { Random } from '../random.ts';
import type { OrderPlan } from './orderDesk.ts';

/** One row of the shipping-confirmation file, with the code it must be refused with; null: it is processed. */
export interface ConfirmationRow {
  readonly orderId: string;
  readonly orderItemId: string;
  readonly quantity: string;
  readonly shipDate: string;
  readonly carrierCode: string;
  readonly carrierName: string;
  readonly trackingNumber: string;
  readonly shipMethod: string;
  readonly refusedWith: string | null;
}

export interface ConfirmationPlan {
  readonly sellerId: string;
  readonly rows: readonly ConfirmationRow[];
  /** Domestic orders that are confirmed as a whole by the file, and those that are confirmed in part. */
  readonly confirmed: readonly OrderPlan[];
  readonly partly: readonly OrderPlan[];
}

/** Long past, so that it lies in the past wherever the clock stands. */
const SHIP_DATE = '2025-06-02';

class RowWriter {
  readonly #random: Random;
  readonly rows: ConfirmationRow[] = [];

  constructor(random: Random) {
    this.#random = random;
  }

  add(orderId: string, refusedWith: string | null, change: Partial<ConfirmationRow> = {}): void {
    const [carrierCode, shipMethod, prefix] = this.#random.pick([
      ['USPS', 'Priority Mail', '9400'],
      ['UPS', 'Ground', '1Z'],
      ['FedEx', 'Home Delivery', '6129'],
    ] as const);
    this.rows.push({
      orderId,
      orderItemId: '',
      quantity: '',
      shipDate: SHIP_DATE,
      carrierCode,
      carrierName: '',
      trackingNumber: `${prefix}${this.#random.int(1_000_000_000, 9_999_999_999)}`,
      shipMethod,
      refusedWith,
      ...change,
    });
  }
}

/** A mixed file of one seller: domestic orders, Global Express orders among them, and what people get wrong. */
export function planConfirmation(orders: readonly OrderPlan[], sellerId: string, random: Random): ConfirmationPlan {
  const own = orders.filter(({ record }) => record.sellerId === sellerId);
  const domestic = own.filter(({ record }) => !record.isGlobalExpress);
  const ge = own.filter(({ record }) => record.isGlobalExpress);
  const foreign = orders.filter(({ record, purpose }) => record.sellerId !== sellerId && purpose === 'domestic');
  const writer = new RowWriter(random);
  const left = [...domestic];
  const next = (): OrderPlan => left.shift()!;
  const nextId = () => next().record.id;

  const whole = Array.from({ length: 24 }, next);
  for (const { record } of whole) writer.add(record.id, null);
  for (const { record } of ge) writer.add(record.id, 'confirmation.ge_order');
  const byLine = Array.from({ length: 4 }, next);
  for (const { record } of byLine) {
    for (const { lineId, quantity } of record.lines) {
      writer.add(record.id, null, { orderItemId: lineId, quantity: String(quantity) });
    }
  }
  const partly = Array.from({ length: 3 }, next);
  for (const { record } of partly) writer.add(record.id, null, { orderItemId: record.lines[0]!.lineId });

  for (const no of [1, 2, 3]) writer.add(`119-000000${no}-000000${no}`, 'order.unknown');
  for (const { record } of foreign.slice(0, 2)) writer.add(record.id, 'order.unknown');
  for (const shipDate of ['06/02/2025', '2.6.2025', '2025-02-30']) writer.add(nextId(), 'GE-18003', { shipDate });
  writer.add(nextId(), '90220', { shipDate: '' });
  for (const id of ['112-445566-7788990', '1.12445E+16']) writer.add(id, 'GE-18002');
  writer.add(nextId(), 'GE-18005', { quantity: '1' });
  const many = next().record;
  writer.add(many.id, 'GE-18004', { orderItemId: many.lines[0]!.lineId, quantity: '0' });
  writer.add(many.id, 'confirmation.quantity_invalid', { orderItemId: many.lines[0]!.lineId, quantity: '99' });
  writer.add(nextId(), 'order.line_unknown', { orderItemId: '59999999999999', quantity: '1' });
  writer.add(nextId(), '90220', { carrierCode: '' });
  writer.add(nextId(), '90220', { carrierCode: 'Other' });
  writer.add(nextId(), 'confirmation.ship_date_in_future', { shipDate: '2099-12-31' });
  for (const { record } of whole.slice(0, 2)) writer.add(record.id, 'order.already_confirmed');
  return { sellerId, rows: writer.rows, confirmed: [...whole, ...byLine], partly };
}
