import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ConfirmationRow,
  confirmRows,
  decideConfirmation,
  describeRefusal,
  type Order,
  type OrderId,
  type SellerId,
  type ShipmentConfirmation,
} from '../../src/index.ts';
import { aDomesticOrder, anOrder } from '../builders/anOrder.ts';
import { sellerId } from '../builders/aSeller.ts';
import { aMoment, daysLater } from '../builders/moments.ts';
import { codesOf, granted } from '../builders/refused.ts';

const whole = (change: Partial<ShipmentConfirmation> = {}): ShipmentConfirmation => ({
  orderId: aDomesticOrder().id,
  lineId: null,
  quantity: null,
  shipDate: null,
  ...change,
});
const confirm = (
  change: Partial<ShipmentConfirmation>,
  order: Order | null = aDomesticOrder(),
  by: SellerId = sellerId,
) => decideConfirmation(whole(change), order, by, aMoment);

describe('confirming a shipment (R18)', () => {
  test('a GE order is refused by file and by call, whatever else is said, with the way out', () => {
    const decision = confirm({ lineId: 'L1', quantity: 1 }, anOrder());
    expect(codesOf(decision)).toEqual(['confirmation.ge_order']);
    const refusal = decision.ok ? undefined : decision.refusals[0]!;
    expect(refusal!.rule).toBe('R18');
    for (const locale of ['en-US', 'zh-CN'] as const) {
      expect(describeRefusal(refusal!, locale).remedy).toContain('Buy Shipping');
    }
    const result = confirmRows([{ ...whole(), recordNo: 1 }], new Map([[anOrder().id, anOrder()]]), sellerId, aMoment);
    expect(result.results[0]!.problems.map(({ code }) => code)).toEqual(['confirmation.ge_order']);
  });

  test('a domestic order is confirmed and paid', () => {
    expect(granted(confirm({}))).toMatchObject({ state: 'confirmed', confirmedAt: aMoment, payout: 'released' });
  });

  test('in parts: the order is confirmed with the last piece', () => {
    const first = granted(confirm({ lineId: 'L1', quantity: 1 }));
    expect(first).toMatchObject({ state: 'pending', payout: 'pending' });
    expect(codesOf(confirm({ lineId: 'L1', quantity: 2 }, first))).toEqual(['confirmation.quantity_invalid']);
    const second = granted(confirm({ lineId: 'L1' }, first));
    expect(codesOf(confirm({ lineId: 'L1' }, second))).toEqual(['order.line_already_confirmed']);
    expect(granted(confirm({ lineId: 'L2' }, second)).state).toBe('confirmed');
  });

  test.each([
    ['an unknown order', {}, null, 'order.unknown'],
    ['an order that is confirmed already', {}, aDomesticOrder({ state: 'confirmed' }), 'order.already_confirmed'],
    ['a cancelled order', {}, aDomesticOrder({ state: 'cancelled' }), 'order.not_confirmable'],
    ['an unknown line', { lineId: 'L9' }, aDomesticOrder(), 'order.line_unknown'],
    ['nothing', { lineId: 'L1', quantity: 0 }, aDomesticOrder(), 'confirmation.quantity_invalid'],
    ['too many', { lineId: 'L1', quantity: 3 }, aDomesticOrder(), 'confirmation.quantity_invalid'],
    ['a quantity without a line', { quantity: 1 }, aDomesticOrder(), 'confirmation.quantity_without_line'],
    ['a shipment to come', { shipDate: daysLater(2) }, aDomesticOrder(), 'confirmation.ship_date_in_future'],
  ] as const)('%s is refused', (_, change, order, code) => {
    expect(codesOf(confirm(change, order))).toEqual([code]);
  });

  test('another seller’s order is answered as an unknown one, GE or not', () => {
    const stranger = 'A2STRANGER' as SellerId;
    expect(codesOf(confirm({}, aDomesticOrder(), stranger))).toEqual(['order.unknown']);
    expect(codesOf(confirm({}, anOrder(), stranger))).toEqual(['order.unknown']);
  });
});

describe('a confirmation file', () => {
  const id = (no: number) => `222-0000000-000000${no}` as OrderId;
  const orders = new Map<string, Order>([
    [id(1), anOrder({ id: id(1) })],
    [id(2), aDomesticOrder({ id: id(2) })],
    [id(3), aDomesticOrder({ id: id(3) })],
    [id(4), anOrder({ id: id(4) })],
  ]);
  const row = (recordNo: number, order: number, change: Partial<ConfirmationRow> = {}): ConfirmationRow => ({
    recordNo,
    ...whole({ orderId: id(order) }),
    ...change,
  });

  test('refuses its GE rows each with its own error and processes the others', () => {
    const rows = [
      row(1, 1),
      row(2, 2),
      row(3, 9),
      row(4, 4),
      row(5, 2),
      row(6, 3, { lineId: 'L1' }),
      row(7, 3, { lineId: 'L2' }),
    ];
    const { results, changed } = confirmRows(rows, orders, sellerId, aMoment);
    expect(results.map(({ problems }) => problems.map(({ code }) => code).join())).toEqual([
      'confirmation.ge_order',
      '',
      'order.unknown',
      'confirmation.ge_order',
      'order.already_confirmed',
      '',
      '',
    ]);
    expect(results[3]!.problems[0]!.params).toEqual({ orderId: id(4) });
    expect(changed.map((order) => [order.id, order.state])).toEqual([
      [id(2), 'confirmed'],
      [id(3), 'confirmed'],
    ]);
  });

  test('never changes a GE order, and gives every row exactly one outcome', () => {
    const anyRow = fc.record({
      order: fc.integer({ min: 1, max: 5 }),
      lineId: fc.constantFrom(null, 'L1', 'L2', 'L9'),
      quantity: fc.option(fc.integer({ min: -1, max: 3 })),
    });
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 12 }), (wanted) => {
        const rows = wanted.map(({ order, lineId, quantity }, i) => row(i + 1, order, { lineId, quantity }));
        const { results, changed } = confirmRows(rows, orders, sellerId, aMoment);
        expect(results.map(({ recordNo }) => recordNo)).toEqual(rows.map(({ recordNo }) => recordNo));
        expect(results.every(({ outcome, problems }) => (outcome === 'rejected') === problems.length > 0)).toBe(true);
        expect(changed.some((order) => order.isGlobalExpress)).toBe(false);
        for (const line of changed.flatMap((order) => order.lines)) {
          expect(line.confirmedQuantity).toBeLessThanOrEqual(line.quantity);
        }
      }),
    );
  });
});
