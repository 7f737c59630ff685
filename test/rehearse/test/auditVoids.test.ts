import { expect, test } from 'vitest';
import { type AskedBack, auditVoids, type BookedLabel } from '../auditVoids.ts';
import type { BookedCharge } from '../carrierBook.ts';
import { bookedCharge } from './bookedCharge.ts';

const once = { times: 1, minor: 2_450 };
const never = { times: 0, minor: 0 };

const label = (id: string, state: string, change: Partial<BookedLabel> = {}): BookedLabel => ({
  id,
  state,
  reason: state === 'void_refused' ? 'carrier.already_scanned' : null,
  carrier: 'express',
  orderId: `order-of-${id}`,
  shipmentRef: `shp-${id}`,
  charged: once,
  refunded: state === 'voided' ? once : never,
  further: { charged: never, refunded: never },
  ...change,
});
const charge = (reference: string, isVoided = false) =>
  bookedCharge(reference, isVoided ? '2026-01-01T00:00:00Z' : null);
const asked = (voids: readonly string[], replacements: readonly string[] = []): AskedBack => ({
  voids: new Set(voids),
  replacements: new Set(replacements),
});

test('a void given back and replaced, one refused, and a duplicate given back are as they should be', () => {
  const labels = [
    label('a', 'voided', { orderId: 'o' }),
    label('b', 'purchased', { orderId: 'o', further: { charged: once, refunded: once } }),
    label('c', 'void_refused'),
    label('d', 'refused', { shipmentRef: null, charged: never }),
  ];
  const duplicate = { ...charge('b', true), shipmentId: 'shp-again' };
  const charges = [charge('a', true), charge('b'), duplicate, charge('c')];
  expect(auditVoids(labels, charges, asked(['a', 'c'], ['b']))).toEqual({
    voids: { asked: 2, voided: 1, refused: 1, replaced: 1 },
    refunds: { count: 1, atCarriersMinor: 2_450, bookedMinor: 2_450 },
    misbooked: 0,
    violations: [],
  });
});

test.each<[string, BookedLabel[], BookedCharge[], AskedBack]>([
  ['1 labels were voided that nobody asked to void', [label('a', 'voided')], [charge('a', true)], asked([])],
  ['1 voids were accepted and forgotten', [label('a', 'purchased')], [charge('a')], asked(['a'])],
  [
    '1 labels are voided whose charge was not given back',
    [label('a', 'voided', { refunded: never })],
    [charge('a')],
    asked(['a']),
  ],
  [
    '1 charges were given back, and their labels do not say so',
    [label('a', 'void_refused')],
    [charge('a', true)],
    asked(['a']),
  ],
  [
    '1 voids were refused without a reason',
    [label('a', 'void_refused', { reason: null })],
    [charge('a')],
    asked(['a']),
  ],
  [
    '1 labels whose charge or refund is booked otherwise than the carriers made it',
    [label('a', 'voided', { refunded: { times: 2, minor: 4_900 } })],
    [charge('a', true)],
    asked(['a']),
  ],
  [
    '1 labels whose charge or refund is booked otherwise than the carriers made it',
    [label('a', 'purchased', { charged: { times: 1, minor: 2_400 } })],
    [charge('a')],
    asked([]),
  ],
  [
    '1 labels whose charge or refund is booked otherwise than the carriers made it',
    [label('a', 'refused', { shipmentRef: null })],
    [],
    asked([]),
  ],
  [
    '1 labels beside which something is booked otherwise than the carriers made it',
    [label('a', 'purchased', { further: { charged: once, refunded: never } })],
    [charge('a'), { ...charge('a', true), shipmentId: 'shp-again' }],
    asked([]),
  ],
  [
    '1 labels beside which something is booked otherwise than the carriers made it',
    [label('a', 'purchased', { further: { charged: once, refunded: never } })],
    [charge('a')],
    asked([]),
  ],
  [
    '1 orders have two active labels',
    [label('a', 'purchased', { orderId: 'o' }), label('b', 'purchased', { orderId: 'o' })],
    [charge('a'), charge('b')],
    asked([]),
  ],
  ['1 replacements were accepted and are lost', [], [], asked([], ['a'])],
])('%s: that is found', (violation, labels, charges, back) => {
  expect(auditVoids(labels, charges, back).violations).toEqual([violation]);
});
