import { describe, expect, test } from 'vitest';
import {
  cancelOrder,
  changeAddress,
  confirmByLabel,
  followSuspensions,
  type OrderId,
  pendingDuties,
  reopenAfterVoid,
} from '../../src/index.ts';
import { aBoughtLabel, aLabel } from '../builders/aLabel.ts';
import { aBuyerAddress, aDomesticOrder, anOrder } from '../builders/anOrder.ts';
import { suspensionsOf } from '../builders/aRegionSetting.ts';
import { aMoment, daysLater } from '../builders/moments.ts';
import { codesOf, granted } from '../builders/refused.ts';

describe('changing the address', () => {
  const moved = aBuyerAddress({ line1: '3 Quai Voltaire' });

  test('is possible before a label exists, within the country', () => {
    const order = granted(changeAddress(anOrder(), moved, [], aMoment));
    expect(order.shipTo).toMatchObject({ line1: '3 Quai Voltaire', country: 'FR' });
    expect(
      changeAddress(anOrder(), moved, [aLabel({ state: 'refused' }), aLabel({ state: 'voided' })], aMoment).ok,
    ).toBe(true);
    expect(codesOf(changeAddress(anOrder(), aBuyerAddress({ country: 'DE' }), [], aMoment))).toEqual([
      'order.country_fixed',
    ]);
  });

  test.each(['requested', 'sent', 'unknown', 'parked', 'purchased', 'voiding'] as const)(
    'is refused beside a %s label',
    (state) => {
      expect(codesOf(changeAddress(anOrder(), moved, [aLabel({ state })], aMoment))).toEqual(['order.has_label']);
    },
  );

  test('validates the new address and the state of the order', () => {
    expect(changeAddress(anOrder(), aBuyerAddress({ line1: ' ' }), [], aMoment).ok).toBe(false);
    expect(codesOf(changeAddress(anOrder({ state: 'cancelled' }), moved, [], aMoment))).toEqual([
      'order.not_changeable',
    ]);
    expect(changeAddress(anOrder({ state: 'held' }), moved, [], aMoment).ok).toBe(true);
  });
});

describe('cancelling', () => {
  test('ends a pending order without a label; a seller’s cancellation counts against the seller', () => {
    const { order, countsAgainstSeller } = granted(cancelOrder(anOrder(), [], 'seller'));
    expect(order).toMatchObject({ state: 'cancelled', payout: 'withheld', payoutReason: 'order_cancelled' });
    expect(countsAgainstSeller).toBe(true);
    expect(order).toMatchObject({ cancelledBy: 'seller', countsAgainstSeller: true });
    expect(granted(cancelOrder(anOrder(), [], 'buyer')).countsAgainstSeller).toBe(false);
  });

  test.each(['operator', 'seller', 'buyer'] as const)('a held order by the %s does not hurt the seller (R13)', (by) => {
    const cancelled = granted(cancelOrder(anOrder({ state: 'held' }), [], by));
    expect(cancelled.countsAgainstSeller).toBe(false);
    expect(cancelled.order).toMatchObject({ cancelledBy: by, countsAgainstSeller: false });
  });

  test('waits for the label: bought, or perhaps bought, it has to be voided or settled first', () => {
    expect(codesOf(cancelOrder(anOrder({ state: 'confirmed' }), [aBoughtLabel()], 'seller'))).toEqual([
      'order.has_label',
      'order.not_cancellable',
    ]);
    expect(codesOf(cancelOrder(anOrder(), [aLabel({ state: 'unknown' })], 'operator'))).toEqual(['order.has_label']);
    expect(cancelOrder(anOrder(), [aLabel({ state: 'voided' })], 'seller').ok).toBe(true);
    expect(codesOf(cancelOrder(anOrder({ state: 'cancelled' }), [], 'seller'))).toEqual(['order.not_cancellable']);
  });
});

/** Each of the order's two T-shirts in a parcel of its own. */
const [first, second] = [aBoughtLabel(), aBoughtLabel({ parcelNo: 2 })];
const both = [first, second];

describe('a suspended destination (R13)', () => {
  const zone = 'America/Los_Angeles';
  const stopped = suspensionsOf(1, 'M49-155').active;

  test('holds pending GE orders to it, and only those', () => {
    expect(followSuspensions(anOrder(), stopped, [], zone, aMoment)).toMatchObject({
      kind: 'held',
      order: { state: 'held' },
    });
    for (const order of [aDomesticOrder(), anOrder({ state: 'confirmed' }), anOrder({ state: 'cancelled' })]) {
      expect(followSuspensions(order, stopped, [], zone, aMoment)).toEqual({ kind: 'unchanged', order });
    }
    expect(followSuspensions(anOrder(), suspensionsOf(1, 'JP').active, [], zone, aMoment).kind).toBe('unchanged');
  });

  test('releases them when lifted, with the handling time anew, so that the hold makes nobody late', () => {
    const held = followSuspensions(anOrder(), stopped, [], zone, aMoment).order;
    expect(followSuspensions(held, stopped, [], zone, daysLater(20)).kind).toBe('unchanged');
    const lifted = followSuspensions(held, [], [], zone, daysLater(20));
    expect(lifted).toMatchObject({ kind: 'released', order: { state: 'pending' } });
    expect(lifted.order.shipBy.getTime()).toBeGreaterThan(daysLater(20).getTime());
    const soon = followSuspensions({ ...held, handlingDays: 0 }, [], [], zone, aMoment);
    expect(soon.order.shipBy).toEqual(held.shipBy);
  });

  test('a label whose purchase was under way when the hold came confirms the order once it is released (R18)', () => {
    const released = followSuspensions(anOrder({ state: 'held' }), [], both, zone, daysLater(1));
    expect(released.order).toMatchObject({ state: 'confirmed', confirmedAt: daysLater(1) });
  });
});

describe('labels and the state of an order (R18)', () => {
  test('buying a label confirms the order by itself, once', () => {
    const confirmed = confirmByLabel(anOrder(), both, aMoment);
    expect(confirmed).toMatchObject({ state: 'confirmed', confirmedAt: aMoment });
    expect(confirmByLabel(confirmed, both, daysLater(1))).toBe(confirmed);
    expect(confirmByLabel(anOrder({ state: 'held' }), both, aMoment).state).toBe('held');
  });

  test('a label for a part of it does not: the rest stays the seller’s duty (R21)', () => {
    for (const labels of [[], [first], [first, { ...second, state: 'parked' as const }], [first, { ...first }]]) {
      expect(confirmByLabel(anOrder(), labels, aMoment).state).toBe('pending');
    }
    const lines = [...anOrder().lines, { ...anOrder().lines[0]!, lineId: 'L2', accepted: false }];
    expect(confirmByLabel(anOrder({ lines }), both, aMoment).state).toBe('confirmed');
    const refusedVoid = { ...first, state: 'void_refused' as const };
    expect(confirmByLabel(anOrder(), [refusedVoid, aBoughtLabel()], aMoment).state).toBe('pending');
  });

  test('voiding one opens it again, unless what lay in it was packed anew', () => {
    const order = anOrder({ state: 'confirmed', confirmedAt: aMoment });
    const voided = aLabel({ state: 'voided' });
    for (const labels of [[voided], [voided, second]]) {
      expect(reopenAfterVoid(order, labels)).toMatchObject({ state: 'pending', confirmedAt: null });
    }
    expect(reopenAfterVoid(order, [voided, ...both])).toBe(order);
  });
});

test('pending GE orders stay the seller’s duty after deactivation, the most urgent first (R21)', () => {
  const id = (no: number) => `111-1111111-000000${no}` as OrderId;
  const orders = [
    anOrder({ id: id(1), shipBy: daysLater(3) }),
    anOrder({ id: id(2), shipBy: daysLater(-1) }),
    anOrder({ id: id(3), state: 'held', shipBy: daysLater(-2) }),
    anOrder({ id: id(4), state: 'confirmed' }),
    anOrder({ id: id(5), state: 'cancelled' }),
    aDomesticOrder({ id: id(6) }),
  ];
  expect(pendingDuties(orders, aMoment).map(({ orderId, overdue }) => [orderId.at(-1), overdue])).toEqual([
    ['3', false],
    ['2', true],
    ['1', false],
  ]);
});
