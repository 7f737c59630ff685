import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  balanceOf,
  type LabelId,
  type LabelPurchase,
  type LedgerTransfer,
  type Order,
  settleDeposit,
  takeDeposit,
} from '../../src/index.ts';
import { payDuty } from '../../src/ledger/labelTransfers.ts';
import { aBoughtLabel, aLabel, aParcel } from '../builders/aLabel.ts';
import { anOrder } from '../builders/anOrder.ts';
import { aMoment } from '../builders/moments.ts';

const usd = (minor: number) => ({ minor, currency: 'USD' as const });
const deposited = (minor: number): Order => ({ ...anOrder(), importFeeDeposit: usd(minor) });
const whole = aParcel({ contents: [{ lineId: 'L1', quantity: 2 }] });
const travelling = aBoughtLabel({ parcel: whole });

/** Books like the ledger does: what has been booked already is left alone. */
const book = (booked: readonly LedgerTransfer[], more: readonly LedgerTransfer[]): readonly LedgerTransfer[] => [
  ...booked,
  ...more.filter(({ id }) => !booked.some((one) => one.id === id)),
];

const settle = (order: Order, labels: readonly LabelPurchase[], booked: readonly LedgerTransfer[]) =>
  book(booked, settleDeposit(order, labels, booked, aMoment));

test('a deposit is settled to nothing, whatever duty comes, in whatever order and however often (R23)', () => {
  const line = fc.record({ lineNo: fc.integer({ min: 1, max: 5 }), minor: fc.integer({ min: 1, max: 9_000 }) });
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 9_000 }),
      fc.array(line, { minLength: 1, maxLength: 12 }),
      (deposit, lines) => {
        const order = deposited(deposit);
        let booked = takeDeposit(order, aMoment);
        for (const { lineNo, minor } of lines) {
          booked = settle(order, [travelling], book(booked, payDuty(travelling, lineNo, usd(minor), aMoment)));
          expect(balanceOf('import_fee_deposits', booked)).toEqual(new Map());
        }
        const paid = balanceOf('carrier', booked).get('USD')?.minor ?? 0;
        const [back, borne] = (['buyer', 'platform'] as const).map(
          (one) => balanceOf(one, booked).get('USD')?.minor ?? 0,
        );
        expect(back! + borne! + paid).toBe(0);
        expect(settle(order, [travelling], booked)).toEqual(booked);
      },
    ),
  );
});

test('what is left of a deposit goes back to the buyer, what is missing the platform bears (R23)', () => {
  const after = (deposit: number, duty: number) => {
    const order = deposited(deposit);
    const booked = book(takeDeposit(order, aMoment), payDuty(travelling, 1, usd(duty), aMoment));
    return settleDeposit(order, [travelling], booked, aMoment).map(({ kind, debit, credit, minor }) => [
      kind,
      debit,
      credit,
      minor,
    ]);
  };
  expect(after(1_200, 900)).toEqual([['deposit_surplus', 'import_fee_deposits', 'buyer', 300]]);
  expect(after(900, 1_200)).toEqual([['deposit_shortfall', 'platform', 'import_fee_deposits', 300]]);
  expect(after(900, 900)).toEqual([]);
});

test('nothing is settled while a parcel may still be billed for', () => {
  const order = deposited(1_000);
  const half = (no: number, more: Partial<LabelPurchase> = {}) =>
    aBoughtLabel({ id: `lbl_${no}` as LabelId, parcelNo: no, parcel: aParcel(), shipmentRef: `shp-${no}`, ...more });
  const duty = (label: LabelPurchase) => payDuty(label, label.parcelNo, usd(100), aMoment);
  const deposit = takeDeposit(order, aMoment);
  const settled = (labels: readonly LabelPurchase[], more: readonly LedgerTransfer[] = []) =>
    settleDeposit(order, labels, book(deposit, more), aMoment).length > 0;
  expect(settled([])).toBe(false);
  expect(settled([half(1), half(2)], duty(half(1)))).toBe(false);
  expect(settled([half(1)], duty(half(1)))).toBe(false);
  expect(settled([half(1), aLabel({ parcelNo: 2 })], duty(half(1)))).toBe(false);
  expect(settled([half(1), half(2)], [...duty(half(1)), ...duty(half(2))])).toBe(true);
});

test('a parcel that travels under a second label is cleared once, whichever of the two is billed (R17)', () => {
  const order = deposited(1_000);
  const kept = aBoughtLabel({ id: 'lbl_1' as LabelId, parcel: whole, state: 'void_refused' });
  const second = aBoughtLabel({ id: 'lbl_2' as LabelId, parcel: whole, shipmentRef: 'shp-2' });
  const booked = book(takeDeposit(order, aMoment), payDuty(second, 7, usd(400), aMoment));
  expect(settleDeposit(order, [kept, second], booked, aMoment)).toMatchObject([
    { kind: 'deposit_surplus', minor: 600 },
  ]);
});

test('the deposit of a cancelled order goes back whole, unless a label of it may still travel', () => {
  const order: Order = { ...deposited(1_000), state: 'cancelled' };
  const booked = takeDeposit(order, aMoment);
  expect(settleDeposit(order, [], booked, aMoment)).toMatchObject([{ kind: 'deposit_surplus', minor: 1_000 }]);
  expect(settleDeposit(order, [travelling], booked, aMoment)).toEqual([]);
  expect(settleDeposit(order, [aBoughtLabel({ state: 'voided' })], booked, aMoment)).toHaveLength(1);
});
