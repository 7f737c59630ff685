import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  balanceOf,
  type ChargeReclaim,
  chargeFurther,
  chargeLabel,
  judgeStatementLine,
  type LabelPurchase,
  type LabelState,
  type LedgerTransfer,
  type LineContext,
  openReclaim,
  refundFurther,
  refundLabel,
  type StatementLine,
  takeUpCharge,
} from '../../src/index.ts';
import { aBoughtLabel, aLabel } from '../builders/aLabel.ts';
import { aMoment } from '../builders/moments.ts';

const label = aBoughtLabel();
const aLine = (change: Partial<StatementLine> = {}): StatementLine => ({
  carrierId: label.carrierId,
  lineNo: 7,
  kind: 'charge',
  reference: label.id,
  shipmentRef: label.shipmentRef!,
  minor: label.charge!.minor,
  currency: 'USD',
  at: aMoment,
  ...change,
});

const judge = (line: StatementLine, change: Partial<LineContext> = {}) =>
  judgeStatementLine(line, {
    ...{
      label,
      transfers: [],
      reclaim: null,
      refunded: new Set(),
      charged: null,
      isRepeated: false,
      depositCurrency: 'USD',
    },
    ...change,
  });

describe('a charge', () => {
  test.each<[string, Partial<StatementLine>, Partial<LineContext>, string | null]>([
    ['of a bought label, to the cent', {}, {}, null],
    ['of a label that is voided', {}, { label: { ...label, state: 'voided' } }, null],
    ['of another amount', { minor: 24_51 }, {}, 'amount_differs'],
    ['in another currency', { currency: 'CAD' }, {}, 'amount_differs'],
    ['of a further shipment', { shipmentRef: 'shp-2' }, {}, 'charged_again'],
    ['of a further shipment that is given back', { shipmentRef: 'shp-2' }, { refunded: new Set(['shp-2']) }, null],
    ['for nobody', {}, { label: null }, 'no_such_label'],
    ['for nobody, given back', {}, { label: null, refunded: new Set(['shp-1']) }, null],
    ['by another carrier', { carrierId: 'carrier-two' }, {}, 'no_such_label'],
  ])('%s', (_, change, context, difference) => {
    expect(judge(aLine(change), context)).toEqual({ difference, transfers: [] });
  });

  test.each<[LabelState, string]>([
    ['requested', 'under_way'],
    ['claimed', 'under_way'],
    ['sent', 'under_way'],
    ['unknown', 'under_way'],
    ['parked', 'not_written_down'],
    ['refused', 'not_written_down'],
  ])('of a label that is %s here is told', (state, difference) => {
    expect(judge(aLine(), { label: aLabel({ state }) }).difference).toBe(difference);
  });
});

test('a label that its reseller sold and somebody else bills is as known as a charge, whatever the amount', () => {
  const elsewhere = aLine({ kind: 'billed_elsewhere', minor: 0 });
  expect(judge(elsewhere)).toEqual({ difference: null, transfers: [] });
  expect(judge(elsewhere, { label: null }).difference).toBe('no_such_label');
  expect(judge(elsewhere, { label: aLabel({ state: 'requested' }) }).difference).toBe('under_way');
  expect(judge({ ...elsewhere, shipmentRef: 'shp-2' }).difference).toBe('charged_again');
});

test('a refund is believed of a voided label, to the cent', () => {
  const refund = aLine({ kind: 'refund' });
  const voided: LabelPurchase = { ...label, state: 'voided' };
  const transfers = refundLabel(label, label.charge!, aMoment);
  expect(judge(refund, { label: voided, transfers }).difference).toBeNull();
  expect(judge({ ...refund, minor: 1 }, { label: voided, transfers }).difference).toBe('amount_differs');
  expect(judge(refund, { label: voided }).difference).toBe('amount_differs');
  expect(judge(refund).difference).toBe('refund_not_written_down');
  expect(judge({ ...refund, shipmentRef: 'shp-2' }).difference).toBeNull();
});

describe('of a further charge that is asked back', () => {
  const further = aLine({ shipmentRef: 'shp-2' });
  const refund: StatementLine = { ...further, kind: 'refund', lineNo: 8 };
  const asked = openReclaim(label, 'shp-2', label.charge!, aMoment);
  const refused: ChargeReclaim = { ...asked, state: 'refused', reason: 'carrier_silent', endedAt: aMoment };
  const given: ChargeReclaim = { ...asked, state: 'given', refund: label.charge, endedAt: aMoment };
  const isRefunded = { refunded: new Set(['shp-2']) };

  test.each<[string, ChargeReclaim, Partial<LineContext>, string | null]>([
    ['nothing differs while the carrier has not answered', asked, {}, null],
    ['nothing differs once the statement gives back what the carrier gave', given, isRefunded, null],
    ['nothing differs once the statement gives back what was refused', refused, isRefunded, null],
    ['a refusal is a person’s affair', refused, {}, 'charged_again'],
    ['what the carrier gave must come', given, {}, 'charged_again'],
    [
      'a refusal under a label without a shipment is told, too',
      refused,
      { label: aLabel({ state: 'refused' }) },
      'not_written_down',
    ],
    ['another amount is told', { ...asked, charged: { minor: 1, currency: 'USD' } }, {}, 'amount_differs'],
  ])('%s', (_, reclaim, context, difference) => {
    expect(judge(further, { reclaim, ...context })).toEqual({ difference, transfers: [] });
  });

  test('the refund is booked by its line where nothing else has booked it, and told where it is another', () => {
    const transfers = chargeFurther(refused, aMoment);
    const { difference, transfers: brought } = judge(refund, { reclaim: refused, transfers });
    expect([difference, brought.map(({ id }) => id)]).toEqual([
      null,
      ['further_charge/carrier-one/shp-2', 'further_refund/carrier-one/shp-2'],
    ]);
    const back = refundFurther(given, label.charge!, aMoment);
    expect(judge(refund, { reclaim: given, transfers: back })).toEqual({ difference: null, transfers: [] });
    expect(judge({ ...refund, minor: 1 }, { reclaim: given, transfers: back }).difference).toBe('amount_differs');
  });
});

test('what a reseller keeps as its fee of a further shipment is the platform’s loss, though the postage is given back', () => {
  const reclaim = openReclaim(label, 'shp-2', label.charge!, aMoment);
  const fee = aLine({ kind: 'adjustment', shipmentRef: 'shp-2', lineNo: 9, minor: 5 });
  const refunded = new Set(['shp-2']);
  const { difference, transfers } = judge(fee, { reclaim, refunded });
  expect(difference).toBeNull();
  const booked = [...refundFurther(reclaim, label.charge!, aMoment), ...transfers];
  expect(balanceOf('platform', booked).get('USD')?.minor).toBe(-5);
  const back = judge({ ...fee, lineNo: 10, minor: -5 }, { reclaim, refunded, transfers: booked });
  expect(balanceOf('platform', [...booked, ...back.transfers]).size).toBe(0);
});

test('what a statement charges or gives back of one shipment a second time is told, whatever else agrees', () => {
  const isRepeated = { isRepeated: true };
  const reclaim = openReclaim(label, 'shp-2', label.charge!, aMoment);
  const back = { transfers: refundFurther(reclaim, label.charge!, aMoment), refunded: new Set(['shp-1', 'shp-2']) };
  const voided: LabelPurchase = { ...label, state: 'voided' };
  const transfers = refundLabel(label, label.charge!, aMoment);
  expect(judge(aLine(), isRepeated).difference).toBe('charged_again');
  expect(judge(aLine({ shipmentRef: 'shp-2' }), { ...isRepeated, ...back, reclaim }).difference).toBe('charged_again');
  expect(judge(aLine({ kind: 'refund' }), { ...isRepeated, label: voided, transfers }).difference).toBe(
    'amount_differs',
  );
  const again = aLine({ kind: 'refund', shipmentRef: 'shp-2' });
  expect(judge(again, { ...isRepeated, ...back, reclaim })).toEqual({ difference: 'amount_differs', transfers: [] });
  expect(judge(aLine(), { ...isRepeated, label: null }).difference).toBe('no_such_label');
});

test('adjustments and duty are booked by their line, so that a line read twice is booked once', () => {
  const [more] = judge(aLine({ kind: 'adjustment', minor: 150 })).transfers;
  expect(more).toMatchObject({ id: 'label_adjustment/carrier-one/7', debit: 'seller', credit: 'carrier', minor: 150 });
  const [less] = judge(aLine({ kind: 'adjustment', minor: -150 })).transfers;
  expect(less).toMatchObject({ debit: 'carrier', credit: 'seller', minor: 150 });
  const [duty] = judge(aLine({ kind: 'duty', minor: 900 })).transfers;
  expect(duty).toMatchObject({ id: 'import_duty/carrier-one/7', debit: 'import_fee_deposits', credit: 'carrier' });
  expect(judge(aLine({ kind: 'duty', currency: 'EUR' }))).toEqual({ difference: 'currency_differs', transfers: [] });
});

test('whatever is booked of a label, all accounts together hold nothing, and the carrier has what it bills', () => {
  const line = fc.record({
    kind: fc.constantFrom('adjustment' as const, 'duty' as const),
    lineNo: fc.integer({ min: 1, max: 1_000 }),
    minor: fc.integer({ min: 1, max: 100_000 }),
    isCredit: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.uniqueArray(line, { selector: ({ lineNo }) => lineNo, maxLength: 20 }), (lines) => {
      const booked: LedgerTransfer[] = [...chargeLabel(label, label.charge!, aMoment)];
      let billed = label.charge!.minor;
      for (const { isCredit, minor, ...rest } of lines) {
        const signed = isCredit && rest.kind === 'adjustment' ? -minor : minor;
        booked.push(...judge(aLine({ ...rest, minor: signed })).transfers);
        billed += signed;
      }
      const accounts = ['seller', 'buyer', 'carrier', 'import_fee_deposits', 'platform'] as const;
      const sums = accounts.map((account) => balanceOf(account, booked).get('USD')?.minor ?? 0);
      expect(sums.reduce((sum, one) => sum + one, 0)).toBe(0);
      expect(sums[2]).toBe(billed);
      expect(booked.every(({ minor }) => minor > 0)).toBe(true);
    }),
  );
});

test('a label that is charged and was never sent is looked up, and whoever holds it loses it', () => {
  const claimed = aLabel({ state: 'claimed', fence: 3, leaseUntil: aMoment });
  expect(takeUpCharge(claimed, aMoment)).toMatchObject({
    state: 'unknown',
    fence: 4,
    leaseUntil: null,
    sentAt: aMoment,
  });
  for (const state of ['sent', 'unknown', 'purchased', 'refused', 'parked'] as const) {
    const other = aLabel({ state });
    expect(takeUpCharge(other, aMoment)).toBe(other);
  }
});

describe('of a further shipment that was never asked back', () => {
  const fee = aLine({ kind: 'adjustment', shipmentRef: 'shp-2', lineNo: 9, minor: 5 });
  const duty = aLine({ kind: 'duty', shipmentRef: 'shp-2', lineNo: 10, minor: 900 });
  const isRefunded = { refunded: new Set(['shp-2']) };
  const contexts: readonly Partial<LineContext>[] = [{}, isRefunded];

  test('a fee is booked as the platform’s loss once the label has ended, whether the postage is given back or not', () => {
    const ended = [label, { ...label, state: 'voided' as const }, aLabel({ state: 'refused' })];
    for (const context of contexts.flatMap((one) => ended.map((label) => ({ ...one, label })))) {
      const { difference, transfers } = judge(fee, context);
      expect([difference, transfers.map(({ id }) => id)]).toEqual([null, ['further_charge/carrier-one/shp-2/9']]);
      expect(balanceOf('platform', transfers).get('USD')?.minor).toBe(-5);
    }
  });

  test('a fee is told while it is open which shipment the label will hold, and where there is no label', () => {
    for (const context of contexts) {
      const told = (state: LabelState) => judge(fee, { ...context, label: aLabel({ state }) });
      expect(told('unknown')).toEqual({ difference: 'under_way', transfers: [] });
      expect(told('parked')).toEqual({ difference: 'not_written_down', transfers: [] });
      expect(judge(fee, { ...context, label: null })).toEqual({ difference: 'no_such_label', transfers: [] });
    }
  });

  test('duty is a person’s affair, whatever became of the postage: what nobody has printed does not travel', () => {
    const reclaim = openReclaim(label, 'shp-2', label.charge!, aMoment);
    for (const context of [...contexts, { ...isRefunded, reclaim }]) {
      expect(judge(duty, context)).toEqual({ difference: 'charged_again', transfers: [] });
      const refused = aLabel({ state: 'refused' });
      expect(judge(duty, { ...context, label: refused }).difference).toBe('not_written_down');
      expect(judge(duty, { ...context, label: null }).difference).toBe('no_such_label');
    }
  });

  test('a refund of less than was charged is told, and one of all of it is nobody’s loss', () => {
    const refund = aLine({ kind: 'refund', shipmentRef: 'shp-2', minor: 500 });
    const charged = (minor: number, currency: 'USD' | 'CAD' = 'USD') => ({
      ...isRefunded,
      charged: { minor, currency },
      label: aLabel({ state: 'refused' }),
    });
    expect(judge(refund, charged(500)).difference).toBeNull();
    expect(judge(refund, charged(499)).difference).toBeNull();
    expect(judge(refund, charged(501)).difference).toBe('amount_differs');
    expect(judge(refund, charged(500, 'CAD')).difference).toBe('amount_differs');
    expect(judge(refund, { ...charged(501), label: null }).difference).toBe('no_such_label');
  });
});
