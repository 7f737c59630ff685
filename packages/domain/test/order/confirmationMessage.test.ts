import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ConfirmationMessage, confirmMessage, type Order, type SellerId } from '../../src/index.ts';
import { aDomesticOrder, anOrder } from '../builders/anOrder.ts';
import { sellerId } from '../builders/aSeller.ts';
import { aMoment } from '../builders/moments.ts';
import { codesOf, granted } from '../builders/refused.ts';

const confirm = (
  items: ConfirmationMessage['items'],
  order: Order | null = aDomesticOrder(),
  by: SellerId = sellerId,
) => confirmMessage({ orderId: aDomesticOrder().id, items, shipDate: null }, order, by, aMoment);

test('a record without items confirms the whole order (R18)', () => {
  expect(granted(confirm([]))).toMatchObject({ state: 'confirmed', payout: 'released' });
});

test('a record of many items confirms them together', () => {
  const half = granted(confirm([{ lineId: 'L1', quantity: 1 }]));
  expect(half.state).toBe('pending');
  const rest = confirm(
    [
      { lineId: 'L1', quantity: null },
      { lineId: 'L2', quantity: 1 },
    ],
    half,
  );
  expect(granted(rest)).toMatchObject({ state: 'confirmed', payout: 'released' });
});

test('one wrong item and nothing of the record is confirmed; each reason is given once', () => {
  const wrong = confirm([
    { lineId: 'L1', quantity: 2 },
    { lineId: 'L2', quantity: 1 },
    { lineId: 'L2', quantity: 1 },
    { lineId: 'L7', quantity: 1 },
  ]);
  expect(codesOf(wrong)).toEqual(['order.line_already_confirmed', 'order.line_unknown']);
});

test('a GE order is refused once however many items are named, another seller’s as an unknown one', () => {
  const items = [
    { lineId: 'L1', quantity: 1 },
    { lineId: 'L2', quantity: 1 },
  ];
  expect(codesOf(confirm(items, anOrder()))).toEqual(['confirmation.ge_order']);
  expect(codesOf(confirm(items, null))).toEqual(['order.unknown']);
  expect(codesOf(confirm(items, aDomesticOrder(), 'S-other' as SellerId))).toEqual(['order.unknown']);
});

test('never more pieces than were ordered are confirmed, and only a complete order is paid', () => {
  const item = fc.record({
    lineId: fc.constantFrom('L1', 'L2', 'L3'),
    quantity: fc.option(fc.integer({ min: -1, max: 3 })),
  });
  fc.assert(
    fc.property(fc.array(fc.array(item, { maxLength: 4 }), { maxLength: 6 }), (messages) => {
      let order = aDomesticOrder();
      for (const items of messages) {
        const decision = confirm(items, order);
        if (decision.ok) order = decision.value;
      }
      for (const line of order.lines) expect(line.confirmedQuantity).toBeLessThanOrEqual(line.quantity);
      const complete = order.lines.every((line) => line.confirmedQuantity === line.quantity);
      expect([order.state, order.payout]).toEqual(complete ? ['confirmed', 'released'] : ['pending', 'pending']);
    }),
  );
});
