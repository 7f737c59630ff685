import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decidePayout,
  type LabelId,
  type LabelPurchase,
  type Order,
  type PayoutEvidence,
  withPayout,
} from '../../src/index.ts';
import { aBoughtLabel, aLabel, aParcel, firstScans } from '../builders/aLabel.ts';
import { aDomesticOrder, anOrder } from '../builders/anOrder.ts';
import { aMoment, daysLater } from '../builders/moments.ts';

/** Both T-shirts of the order in one parcel. */
const whole = aParcel({ contents: [{ lineId: 'L1', quantity: 2 }] });
const bought = aBoughtLabel({ parcel: whole });
const voided = aBoughtLabel({ id: 'lbl_void' as LabelId, parcel: whole, state: 'voided' });
const none: PayoutEvidence = { labels: [], firstScans: new Map(), outsideLabelReported: false };
const late = daysLater(30);
const payout = (order: Order, evidence: Partial<PayoutEvidence>, now = aMoment) => {
  const decision = decidePayout(order, { ...none, ...evidence }, now);
  return decision.payoutReason ?? decision.payout;
};

describe('payout of a GE order (R17)', () => {
  test('waits for the first carrier scan of the label bought here', () => {
    expect(payout(anOrder(), {})).toBe('pending');
    expect(payout(anOrder({ state: 'confirmed' }), { labels: [bought] }, late)).toBe('pending');
    const scans = firstScans([bought, aMoment]);
    expect(payout(anOrder({ state: 'confirmed' }), { labels: [bought], firstScans: scans })).toBe('released');
  });

  test('waits for every parcel', () => {
    const first = aBoughtLabel();
    const second = aBoughtLabel({ id: 'lbl_two' as LabelId, parcelNo: 2 });
    const labels = [first, second];
    expect(payout(anOrder(), { labels, firstScans: firstScans([first, aMoment]) })).toBe('pending');
    expect(payout(anOrder(), { labels, firstScans: firstScans([first, aMoment], [second, aMoment]) })).toBe('released');
  });

  test('waits for the pieces that no parcel holds yet, and is withheld when the ship-by date passes on them', () => {
    const first = aBoughtLabel();
    const half = { labels: [first], firstScans: firstScans([first, aMoment]) };
    expect(payout(anOrder(), half)).toBe('pending');
    expect(payout(anOrder(), half, late)).toBe('ship_by_passed');
    const refused = anOrder().lines.map((line) => ({ ...line, lineId: 'L2', accepted: false }));
    const order = anOrder({ lines: [{ ...anOrder().lines[0]!, quantity: 1 }, ...refused] });
    expect(payout(order, half, late)).toBe('released');
  });

  test('a voided parcel that was bought anew is replaced, also while another one waits for its label', () => {
    const first = aBoughtLabel();
    const gone = aBoughtLabel({ id: 'lbl_gone' as LabelId, state: 'voided' });
    expect(payout(anOrder(), { labels: [gone, first] })).toBe('pending');
    expect(payout(anOrder(), { labels: [{ ...gone, parcelNo: 2 }, first] })).toBe('label_voided');
  });

  test('is withheld when a carrier reports an outside label, and stays so', () => {
    expect(payout(anOrder(), { labels: [bought], outsideLabelReported: true })).toBe('outside_label');
    const order = anOrder({ payout: 'withheld', payoutReason: 'outside_label' });
    expect(payout(order, { labels: [bought], firstScans: firstScans([bought, aMoment]) })).toBe('outside_label');
  });

  test('is withheld when the ship-by date passes without a label, to the millisecond', () => {
    const order = anOrder();
    expect(payout(order, {}, order.shipBy)).toBe('pending');
    expect(payout(order, {}, new Date(order.shipBy.getTime() + 1))).toBe('ship_by_passed');
    expect(payout(order, { labels: [aLabel()] }, late)).toBe('ship_by_passed');
    expect(payout(anOrder({ state: 'held' }), {}, late)).toBe('pending');
  });

  test('is withheld when the label is voided and not replaced', () => {
    expect(payout(anOrder(), { labels: [voided] })).toBe('label_voided');
    expect(payout(anOrder(), { labels: [voided, aLabel()] })).toBe('pending');
    expect(payout(anOrder(), { labels: [voided, bought] })).toBe('pending');
  });

  test('comes after all when a label bought here is scanned late or replaces a voided one', () => {
    const scans = firstScans([bought, late]);
    for (const payoutReason of ['ship_by_passed', 'label_voided'] as const) {
      const order = anOrder({ payout: 'withheld', payoutReason });
      expect(payout(order, { labels: [voided, bought], firstScans: scans }, late)).toBe('released');
    }
  });

  test('does not wait for the label of a refused void when its replacement travels', () => {
    const stuck = aBoughtLabel({ id: 'lbl_stuck' as LabelId, parcel: whole, state: 'void_refused' });
    expect(payout(anOrder(), { labels: [stuck, bought], firstScans: firstScans([bought, aMoment]) })).toBe('released');
  });

  test('once released is final, whatever is known later', () => {
    const anyLabels = fc.subarray<LabelPurchase>([bought, voided, aLabel({ id: 'lbl_new' as LabelId })]);
    fc.assert(
      fc.property(anyLabels, fc.boolean(), fc.boolean(), (labels, outsideLabelReported, isLate) => {
        const order = anOrder({ payout: 'released' });
        const evidence = { labels, outsideLabelReported, firstScans: new Map() };
        expect(withPayout(order, evidence, isLate ? late : aMoment)).toBe(order);
      }),
    );
  });

  test('is the same however often it is decided', () => {
    const labels = fc.subarray<LabelPurchase>([bought, voided, aLabel({ id: 'lbl_new' as LabelId })]);
    fc.assert(
      fc.property(labels, fc.boolean(), fc.boolean(), fc.boolean(), (some, scanned, outside, isLate) => {
        const evidence: PayoutEvidence = {
          labels: some,
          firstScans: scanned ? firstScans([bought, aMoment]) : new Map(),
          outsideLabelReported: outside,
        };
        const now = isLate ? late : aMoment;
        const once = withPayout(anOrder(), evidence, now);
        expect(withPayout(once, evidence, now)).toBe(once);
        if (once.payout === 'released') expect(some.includes(bought) && scanned && !outside).toBe(true);
      }),
    );
  });
});

test('a cancelled order is not paid; a domestic one is paid when confirmed', () => {
  expect(payout(anOrder({ state: 'cancelled' }), {})).toBe('order_cancelled');
  expect(payout(aDomesticOrder(), {}, late)).toBe('pending');
  expect(payout(aDomesticOrder({ state: 'confirmed' }), {})).toBe('released');
  expect(payout(aDomesticOrder({ state: 'cancelled' }), {})).toBe('order_cancelled');
});
