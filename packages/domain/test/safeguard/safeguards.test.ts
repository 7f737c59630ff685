import { describe, expect, test } from 'vitest';
import {
  type CalendarDate,
  cancelOrder,
  deliveryPromise,
  inForce,
  isDeliveredLate,
  judgeSafeguards,
  type LabelId,
  type Order,
  recordRefund,
  type SafeguardEvidence,
  safeguardPolicies,
  safeguardPolicyAt,
} from '../../src/index.ts';
import { aBoughtLabel, aLabel, aParcel, firstScans } from '../builders/aLabel.ts';
import { aDomesticOrder, anOrder } from '../builders/anOrder.ts';
import { aMoment, daysLater } from '../builders/moments.ts';
import { codesOf, granted } from '../builders/refused.ts';
import { country } from '../region/country.ts';

/** Both T-shirts of the order in one parcel. */
const whole = aParcel({ contents: [{ lineId: 'L1', quantity: 2 }] });
const label = aBoughtLabel({ parcel: whole });
const zone = 'America/Los_Angeles';
const good: SafeguardEvidence = {
  labels: [label],
  firstScans: firstScans([label, daysLater(1)]),
};
const refunded = anOrder({ refundedBy: 'platform', refundedAt: daysLater(9) });
const judge = (change: Partial<SafeguardEvidence> = {}, order: Order = refunded) =>
  judgeSafeguards(order, { ...good, ...change }, zone);
const protectedKinds = (...args: Parameters<typeof judge>) =>
  Object.values(judge(...args))
    .filter(({ isProtected }) => isProtected)
    .map(({ kind }) => kind);
const missing = (...args: Parameters<typeof judge>) =>
  judge(...args).a_to_z_claim.checklist.flatMap(({ reasons }) => reasons.map(({ code }) => code));

describe('performance safeguards (R22)', () => {
  test('a protected label bought here, scanned in time, protects all three once the platform has refunded', () => {
    expect(protectedKinds()).toEqual(['negative_feedback', 'a_to_z_claim', 'valid_tracking_rate']);
    expect(judge().a_to_z_claim.checklist.map(({ condition, met }) => [condition, met])).toEqual([
      ['label_bought_here', true],
      ['service_protected', true],
      ['first_scan_by_ship_by', true],
      ['refunded_by_platform', true],
    ]);
  });

  test.each(['seller', null] as const)(
    'a claim refunded by %s is not covered; feedback and tracking rate are',
    (refundedBy) => {
      const order = anOrder({ refundedBy });
      expect(protectedKinds({}, order)).toEqual(['negative_feedback', 'valid_tracking_rate']);
      expect(missing({}, order)).toEqual(['safeguard.not_refunded_by_platform']);
    },
  );

  test('nothing is protected without a label bought here, and the whole checklist says so', () => {
    expect(protectedKinds({ labels: [aLabel(), aLabel({ state: 'voided' })] })).toEqual([]);
    expect(judge({ labels: [] }).negative_feedback.checklist.map(({ met }) => met)).toEqual([false, false, false]);
    expect(protectedKinds({}, aDomesticOrder())).toEqual([]);
  });

  test('nothing is protected while a part of the order has no label', () => {
    const part = aBoughtLabel();
    expect(protectedKinds({ labels: [part], firstScans: firstScans([part, daysLater(1)]) })).toEqual([]);
    expect(missing({ labels: [part], firstScans: firstScans([part, daysLater(1)]) })).toEqual([
      'safeguard.part_without_label',
    ]);
  });

  test('an unprotected service protects nothing', () => {
    const plain = aBoughtLabel({ parcel: whole, isProtected: false });
    expect(protectedKinds({ labels: [plain] })).toEqual([]);
    expect(missing({ labels: [plain] })).toEqual(['safeguard.service_unprotected']);
  });

  test('the first scan counts to the end of the ship-by date in the seller’s zone', () => {
    const { shipBy } = anOrder();
    const at = (ms: number) => ({ firstScans: firstScans([label, new Date(shipBy.getTime() + ms)]) });
    expect(missing(at(0))).toEqual([]);
    expect(missing(at(1))).toEqual(['safeguard.scanned_late']);
    const reasons = judge(at(1)).valid_tracking_rate.checklist.flatMap((item) => item.reasons);
    expect(reasons[0]!.params).toEqual({
      parcelNo: 1,
      scanDate: '2026-03-06',
      shipByDate: '2026-03-05',
      timeZone: zone,
    });
    expect(missing({ firstScans: new Map() })).toEqual(['safeguard.not_scanned']);
  });

  test('the ship-by date of an order does not move when its seller moves to another zone', () => {
    const late = { ...good, firstScans: firstScans([label, new Date(refunded.shipBy.getTime() + 1)]) };
    expect(judgeSafeguards(refunded, late, 'America/New_York').a_to_z_claim.isProtected).toBe(false);
    const inTime = { ...good, firstScans: firstScans([label, refunded.shipBy]) };
    expect(judgeSafeguards(refunded, inTime, 'Pacific/Honolulu').a_to_z_claim.isProtected).toBe(true);
  });

  test('every parcel has to hold every condition', () => {
    const first = aBoughtLabel();
    const second = aBoughtLabel({ id: 'lbl_two' as LabelId, parcelNo: 2, isProtected: false });
    const scans = firstScans([first, daysLater(1)]);
    expect(missing({ labels: [first, second], firstScans: scans })).toEqual([
      'safeguard.service_unprotected',
      'safeguard.not_scanned',
    ]);
  });

  test('where a refused void left two labels for a parcel, the one that travels is judged', () => {
    const stuck = aBoughtLabel({ id: 'lbl_stuck' as LabelId, state: 'void_refused', isProtected: false });
    for (const labels of [
      [stuck, label],
      [label, stuck],
    ]) {
      expect(protectedKinds({ labels })).toHaveLength(3);
    }
  });

  test.each(['operator', 'seller', 'buyer'] as const)(
    'a held order cancelled by the %s counts against the seller in no verdict (R13)',
    (by) => {
      const held = anOrder({ state: 'held' });
      const { order } = granted(cancelOrder(held, [], by));
      const none = { labels: [], firstScans: new Map() };
      expect(protectedKinds(none, order)).toEqual(['negative_feedback', 'valid_tracking_rate']);
      expect(missing(none, order)).toEqual(['safeguard.not_refunded_by_platform']);
      expect(protectedKinds(none, granted(recordRefund(order, 'platform', aMoment)))).toHaveLength(3);
    },
  );

  test('an order the seller cancelled by choice is judged like one that was never shipped, and so is a domestic one', () => {
    const none = { labels: [], firstScans: new Map() };
    const { order } = granted(cancelOrder(refunded, [], 'seller'));
    expect(protectedKinds(none, order)).toEqual([]);
    expect(protectedKinds(none, granted(cancelOrder(aDomesticOrder(), [], 'operator')).order)).toEqual([]);
  });

  test('an order is judged by the version of the day it was placed', () => {
    const plain = aBoughtLabel({ parcel: whole, isProtected: false });
    const early = anOrder({ refundedBy: 'platform', createdAt: new Date('2023-12-31T23:59:59Z') });
    expect(protectedKinds({ labels: [plain] }, early)).toHaveLength(3);
    expect(judge({}, early).negative_feedback.policyId).toBe('SG-1');
    expect(judge().negative_feedback.policyId).toBe('SG-2');
  });

  test('exactly one version is in force on any day', () => {
    for (const day of ['1970-01-01', '2023-12-31', '2024-01-01', '2099-12-31']) {
      const moment = new Date(`${day}T12:00:00Z`);
      expect(safeguardPolicies.filter((policy) => inForce(policy, moment))).toEqual([safeguardPolicyAt(moment)]);
    }
  });
});

test('the first refund stands: who gave the money back is not rewritten later (R22)', () => {
  for (const by of ['platform', 'seller'] as const) {
    const order = granted(recordRefund(anOrder(), by, aMoment));
    expect(order).toMatchObject({ refundedBy: by, refundedAt: aMoment });
    expect(codesOf(recordRefund(order, 'platform', daysLater(1)))).toEqual(['order.already_refunded']);
  }
});

describe('the delivery promise', () => {
  const day = '2026-03-10' as CalendarDate;

  test('is extended where the carrier asks the buyer for an identity number, so that the wait hurts no one', () => {
    for (const code of 'BR BO CL CR EC GT HN NI PE SV IN CN'.split(' ')) {
      expect(deliveryPromise(country(code), day, aMoment)).toEqual({ deliverBy: '2026-03-20', identityCheckDays: 10 });
    }
    expect(deliveryPromise(country('FR'), day, aMoment)).toEqual({ deliverBy: day, identityCheckDays: 0 });
  });

  test('is kept on its last day', () => {
    const promise = deliveryPromise(country('BR'), day, aMoment);
    expect(isDeliveredLate(promise, '2026-03-20' as CalendarDate)).toBe(false);
    expect(isDeliveredLate(promise, '2026-03-21' as CalendarDate)).toBe(true);
  });
});
