import { describe, expect, test } from 'vitest';
import {
  claimLabel,
  type LabelPurchase,
  MAX_LOOK_UPS,
  markSent,
  reasonNotToSend,
  requestVoid,
  resolutionFor,
  resolveParked,
  settleLookUp,
  settlePurchase,
  settleVoid,
} from '../../src/index.ts';
import { aBoughtLabel, aCarrier, aLabel } from '../builders/aLabel.ts';
import { anOrder } from '../builders/anOrder.ts';
import { aMoment, daysLater } from '../builders/moments.ts';
import { codesOf, granted } from '../builders/refused.ts';

const LEASE = 20_000;
const after = (ms: number): Date => new Date(aMoment.getTime() + ms);
const claimed = granted(claimLabel(aLabel(), aCarrier(), LEASE, aMoment)).label;
const sent = granted(markSent(claimed, 1, 'hash', LEASE, aMoment));
const unknown = granted(settlePurchase(sent, 1, { kind: 'unknown' }, aMoment));
const shipment = {
  charge: { minor: 2450, currency: 'USD' },
  shipmentRef: 's',
  trackingId: 't',
  documentId: null,
} as const;
const lookedUp = (answer: Parameters<typeof settleLookUp>[2], now: Date, label: LabelPurchase = unknown) => {
  const { label: held } = granted(claimLabel(label, aCarrier(), LEASE, now));
  return granted(settleLookUp(held, held.fence, answer, aCarrier(), now));
};

describe('a claim', () => {
  test('is held until its lease runs out, then the next one gets a higher fence', () => {
    expect(codesOf(claimLabel(claimed, aCarrier(), LEASE, after(LEASE - 1)))).toEqual(['label.lease_held']);
    const next = granted(claimLabel(claimed, aCarrier(), LEASE, after(LEASE)));
    expect(next).toMatchObject({ task: 'buy', label: { state: 'claimed', fence: 2 } });
    expect(codesOf(markSent(next.label, 1, 'hash', LEASE, after(LEASE)))).toEqual(['label.fence_stale']);
  });

  test('whose lease ran out after `sent` is looked up, never bought again', () => {
    const next = granted(claimLabel(sent, aCarrier(), LEASE, after(LEASE)));
    expect(next).toMatchObject({ task: 'look_up', label: { state: 'unknown', fence: 2 } });
    expect(codesOf(settlePurchase(next.label, 1, { kind: 'purchased', shipment }, after(LEASE)))).toEqual([
      'label.fence_stale',
    ]);
  });

  test('too old to send is refused although nobody has taken it over', () => {
    expect(codesOf(markSent(claimed, 1, 'hash', LEASE, after(LEASE)))).toEqual(['label.fence_stale']);
  });

  test.each(['purchased', 'refused', 'parked', 'voided', 'void_refused'] as const)(
    'finds nothing owed on a %s label',
    (state) => {
      expect(codesOf(claimLabel(aLabel({ state }), aCarrier(), LEASE, aMoment))).toEqual(['label.nothing_owed']);
    },
  );
});

describe('before the money moves', () => {
  test('an order that was cancelled, held, erased or whose destination was suspended meanwhile is not sent (R13)', () => {
    expect(reasonNotToSend(anOrder(), false)).toBeNull();
    expect(reasonNotToSend(anOrder({ state: 'confirmed' }), false)).toBeNull();
    expect(reasonNotToSend(anOrder(), true)).toBe('destination_suspended');
    expect(reasonNotToSend(anOrder({ state: 'held' }), false)).toBe('destination_suspended');
    expect(reasonNotToSend(anOrder({ state: 'cancelled' }), false)).toBe('order_cancelled');
    expect(reasonNotToSend(anOrder({ shipTo: null }), false)).toBe('address_erased');
  });

  test('a repeat with another body is parked', () => {
    const again = lookedUp({ kind: 'not_bought' }, after(60_000));
    expect(again.kind).toBe('requested_again');
    const { label } = granted(claimLabel(again.label, aCarrier(), LEASE, after(60_000)));
    expect(granted(markSent(label, label.fence, 'other', LEASE, after(60_000)))).toMatchObject({
      state: 'parked',
      reason: 'request_changed',
    });
    expect(granted(markSent(label, label.fence, 'hash', LEASE, after(60_000))).state).toBe('sent');
    expect(label.idempotencyKey).toBe(unknown.idempotencyKey);
  });
});

describe('an unknown outcome', () => {
  test('is "not bought" only after the carrier’s horizon', () => {
    const early = lookedUp({ kind: 'not_bought' }, after(59_999));
    expect(early).toMatchObject({ kind: 'still_unknown', label: { state: 'unknown', leaseUntil: null } });
    expect(early.nextLookUpAt).toEqual(after(60_000));
    expect(lookedUp({ kind: 'not_bought' }, after(60_000)).kind).toBe('requested_again');
  });

  test('that is found bought is purchased; found already voided, it ends refused', () => {
    expect(lookedUp({ kind: 'bought', shipment, voided: false }, aMoment)).toMatchObject({
      kind: 'purchased',
      label: { state: 'purchased', trackingId: 't', lookUps: 1 },
    });
    expect(lookedUp({ kind: 'bought', shipment, voided: true }, aMoment)).toMatchObject({
      kind: 'refused',
      label: { reason: 'voided_at_carrier', charge: null },
    });
  });

  test('is asked for at growing intervals, no sooner than the carrier says, and is parked in the end', () => {
    const pauses: number[] = [];
    let label = unknown;
    let now = after(120_000);
    for (let i = 1; i < MAX_LOOK_UPS; i += 1) {
      const settled = lookedUp({ kind: 'unknown' }, now, label);
      expect(settled.kind).toBe('still_unknown');
      pauses.push(settled.nextLookUpAt!.getTime() - now.getTime());
      label = settled.label;
      now = settled.nextLookUpAt!;
    }
    expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
    expect(pauses.at(-1)).toBe(900_000);
    expect(lookedUp({ kind: 'unknown' }, now, label)).toMatchObject({
      kind: 'parked',
      label: { state: 'parked', reason: 'look_ups_exhausted' },
    });
    const told = lookedUp({ kind: 'unknown', retryAfterSeconds: 3600 }, after(120_000));
    expect(told.nextLookUpAt).toEqual(after(120_000 + 3_600_000));
  });

  test('is parked at once where the carrier offers neither key nor look-up, and repeated only while the key is surely known', () => {
    const bare = aCarrier({ lookUp: false, idempotencyKey: false });
    const parked = granted(claimLabel(unknown, bare, LEASE, aMoment));
    expect(parked).toMatchObject({ task: 'none', label: { state: 'parked', reason: 'no_key_and_no_look_up' } });
    const keyed = aCarrier({ lookUp: false, keyLifetimeMs: 60_000 });
    expect(resolutionFor(keyed, aMoment, after(59_999))).toBe('repeat');
    expect(granted(claimLabel(unknown, keyed, LEASE, after(39_999))).task).toBe('repeat');
    // Claimed a moment later, the repeat could leave when the key is already forgotten.
    expect(granted(claimLabel(unknown, keyed, LEASE, after(40_000)))).toMatchObject({
      task: 'none',
      label: { state: 'parked', reason: 'key_expired' },
    });
  });

  test('a person settles what is parked: found, or ended without a repeat', () => {
    const parked = aLabel({ state: 'parked', reason: 'look_ups_exhausted' });
    expect(granted(resolveParked(parked, { kind: 'bought', shipment }, aMoment)).state).toBe('purchased');
    const none = granted(resolveParked(parked, { kind: 'not_bought' }, aMoment));
    expect(none).toMatchObject({ state: 'refused', reason: 'resolved_not_bought', endedAt: aMoment });
    expect(codesOf(resolveParked(unknown, { kind: 'not_bought' }, aMoment))).toEqual(['label.not_parked']);
  });
});

test('a carrier that provably did nothing for now gives the label back with the same key and body', () => {
  const back = granted(settlePurchase(sent, 1, { kind: 'not_now' }, aMoment));
  expect(back).toMatchObject({ state: 'requested', requestHash: 'hash', leaseUntil: null });
});

describe('a void', () => {
  test('is for purchased labels, before the first scan and within the carrier’s window', () => {
    expect(granted(requestVoid(aBoughtLabel(), null, aCarrier(), daysLater(30))).state).toBe('voiding');
    expect(codesOf(requestVoid(aBoughtLabel(), aMoment, aCarrier(), daysLater(31)))).toEqual([
      'label.already_scanned',
      'label.void_window_passed',
    ]);
    expect(codesOf(requestVoid(sent, null, aCarrier(), aMoment))).toEqual(['label.not_voidable']);
  });

  test('ends voided or refused; a refused one may be asked again, a lost answer is repeated', () => {
    const voiding = granted(requestVoid(aBoughtLabel(), null, aCarrier(), aMoment));
    const { label, task } = granted(claimLabel(voiding, aCarrier(), LEASE, aMoment));
    expect(task).toBe('void');
    expect(granted(settleVoid(label, label.fence, { kind: 'voided' }, aMoment)).state).toBe('voided');
    const lost = granted(settleVoid(label, label.fence, { kind: 'unknown' }, aMoment));
    expect(lost).toMatchObject({ state: 'voiding', leaseUntil: null, lookUps: 1 });
    const refused = granted(settleVoid(label, label.fence, { kind: 'refused', code: 'too_soon' }, aMoment));
    expect(refused).toMatchObject({ state: 'void_refused', reason: 'too_soon' });
    expect(granted(requestVoid(refused, null, aCarrier(), aMoment)).state).toBe('voiding');
    const silent = settleVoid({ ...label, lookUps: MAX_LOOK_UPS - 1 }, label.fence, { kind: 'unknown' }, aMoment);
    expect(granted(silent)).toMatchObject({ state: 'void_refused', reason: 'carrier_silent' });
  });
});
