import { expect, test } from 'vitest';
import { auditMoney, type SettledOrder } from '../auditMoney.ts';

const settled: SettledOrder = {
  orderId: 'o',
  payout: 'released',
  payoutReason: null,
  hasLabel: true,
  hasVoid: false,
  isBilled: true,
  held: 0,
  deposit: 1_000,
};
const unbilled = { ...settled, isBilled: false, held: 1_000 };
const voided = {
  ...settled,
  payout: 'withheld',
  payoutReason: 'label_voided',
  hasLabel: false,
  hasVoid: true,
  held: 1_000,
};

test('orders are as they should be: settled, carried by who bills no duty, or without a label and withheld', () => {
  expect(auditMoney([settled, unbilled, voided], [])).toEqual({
    ledgerImbalance: 0,
    depositsHeld: 1,
    paidOut: 2,
    paidWithoutLabel: 0,
    violations: [],
  });
});

test.each<[string, SettledOrder]>([
  ['1 orders hold a deposit that is not settled', { ...settled, held: 1 }],
  ['1 orders have a deposit that is not whole though nobody billed duty', { ...unbilled, held: 0 }],
  ['1 orders have a deposit that is not whole though nobody billed duty', { ...voided, held: 999 }],
  ['1 orders were paid out without a label bought here', { ...settled, hasLabel: false, held: 1_000 }],
  ['1 orders whose parcel was scanned are not paid out', { ...settled, payout: 'pending' }],
  ['1 orders whose label was voided and not replaced do not say so', { ...voided, payoutReason: null }],
])('%s: that is found', (violation, order) => {
  expect(auditMoney([order], []).violations).toEqual([violation]);
});

test('what the carriers’ statements say otherwise is found', () => {
  expect(auditMoney([settled], ['charged_again'])).toMatchObject({
    ledgerImbalance: 1,
    violations: [expect.stringContaining('1 charged_again')],
  });
});
