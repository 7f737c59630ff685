import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  askAgain,
  balanceOf,
  type ChargeReclaim,
  chargeFurther,
  claimReclaim,
  decideReclaim,
  endReclaim,
  isEndedReclaim,
  type LabelState,
  type ReclaimContext,
  reclaimProblem,
  refundFurther,
  type StatementLine,
  settleReclaim,
  type VoidOutcome,
  whyNotReclaimed,
} from '../../src/index.ts';
import { aBoughtLabel, aCarrier, aLabel } from '../builders/aLabel.ts';
import { aMoment, daysLater } from '../builders/moments.ts';

const carrier = aCarrier();
const label = aBoughtLabel();
const own = label.shipmentRef!;
const seconds = (count: number, from = aMoment) => new Date(from.getTime() + count * 1_000);

/** A further shipment, charged ten seconds after the purchase was sent. */
const aLine = (change: Partial<StatementLine> = {}): StatementLine => ({
  carrierId: label.carrierId,
  lineNo: 7,
  kind: 'charge',
  reference: label.id,
  shipmentRef: 'shp-2',
  minor: 24_50,
  currency: 'USD',
  at: seconds(10),
  ...change,
});

const decide = (line: Partial<StatementLine> = {}, change: Partial<ReclaimContext> = {}, now = daysLater(1)) =>
  decideReclaim(
    aLine(line),
    {
      label,
      difference: 'charged_again',
      charged: new Set([own, 'shp-2']),
      refunded: new Set(),
      isKnown: false,
      policy: 'charged_again',
      carrier,
      readAt: now,
      ...change,
    },
    now,
  );

describe('a charge beside that of the label', () => {
  test('is asked back once the label is settled and the statement charges both', () => {
    expect(decide()).toMatchObject({
      ...{ carrierId: label.carrierId, shipmentRef: 'shp-2', labelId: label.id, orderId: label.orderId },
      ...{ state: 'requested', charged: { minor: 24_50, currency: 'USD' }, refund: null, requestedAt: daysLater(1) },
    });
    expect(decide({}, { label: { ...label, state: 'voided' }, refunded: new Set([own]) })).not.toBeNull();
  });

  test.each<[string, Partial<StatementLine>, Partial<ReclaimContext>]>([
    ['that is the label’s own', { shipmentRef: own }, {}],
    ['that was asked back before', {}, { isKnown: true }],
    ['that is given back', {}, { refunded: new Set(['shp-2']) }],
    ['where nobody wants it asked', {}, { policy: 'off' }],
    ['of another carrier', { carrierId: 'carrier-two' }, {}],
    ['of another label', { reference: 'lbl_two' }, {}],
    ['that is no charge but duty', { kind: 'duty' }, {}],
    ['where the label’s own is not on the statement', {}, { charged: new Set(['shp-2']) }],
    ['where the label’s own was given back behind our back', {}, { refunded: new Set([own]) }],
    ['older than the purchase, as after a backup was restored', { at: seconds(-1) }, {}],
    ['of a label that was never sent from here', {}, { label: { ...label, sentAt: null } }],
    ['of a label settled so lately that one more may land', {}, { readAt: seconds(59) }],
  ])('%s is left alone', (_, line, context) => {
    expect(decide(line, context)).toBeNull();
  });

  test('is left to a person once the carrier takes no voids any more', () => {
    expect(decide({}, {}, seconds(10, daysLater(30)))).not.toBeNull();
    expect(decide({}, {}, seconds(11, daysLater(30)))).toBeNull();
  });
});

test('a charge of a label that ended refused is asked back only where that is wanted, and none of one that waits for a person', () => {
  const refused = aLabel({ state: 'refused', sentAt: aMoment, endedAt: seconds(120) });
  const context = { label: refused, difference: 'not_written_down', charged: new Set(['shp-2']) } as const;
  expect(decide({}, { ...context, policy: 'all' })).not.toBeNull();
  expect(decide({}, context)).toBeNull();
  const parked = { ...refused, state: 'parked' as const, endedAt: null };
  expect(decide({}, { ...context, policy: 'all', label: parked })).toBeNull();
});

const states: LabelState[] = [
  ...(['requested', 'claimed', 'sent', 'unknown', 'parked', 'purchased'] as const),
  ...(['refused', 'voiding', 'voided', 'void_refused'] as const),
];
const shipment = fc.constantFrom('shp-1', 'shp-2', 'shp-3');
const early = fc.integer({ min: -200, max: 600 }).map((count) => seconds(count));
const moment = fc.integer({ min: -200, max: 40 * 86_400 }).map((count) => seconds(count));

test('whatever a statement says: the shipment that a label holds is never asked back, and no shipment twice', () => {
  const charge = fc.record({ shipmentRef: shipment, at: moment });
  const changingLabel = fc.record({
    state: fc.constantFrom(...states),
    shipmentRef: fc.option(shipment),
    // Often enough before the charges, so that much is asked back.
    sentAt: fc.option(early),
    endedAt: fc.option(early),
  });
  fc.assert(
    fc.property(
      fc.array(charge, { maxLength: 12 }),
      fc.array(fc.tuple(changingLabel, moment), { minLength: 1, maxLength: 6 }),
      fc.constantFrom('off', 'charged_again', 'all'),
      fc.constantFrom('charged_again', 'not_written_down'),
      (charges, readings, policy, difference) => {
        const asked = new Map<string, ChargeReclaim>();
        for (const [change, now] of readings) {
          const seen = { ...label, ...change };
          for (const [place, line] of charges.entries()) {
            const isKnown = asked.has(line.shipmentRef);
            const charged = new Set(charges.map(({ shipmentRef }) => shipmentRef));
            const context = { label: seen, charged, isKnown, policy, difference, readAt: now };
            const reclaim = decide({ ...line, lineNo: place + 1 }, context, now);
            if (!reclaim) continue;
            expect(policy).not.toBe('off');
            expect(isKnown).toBe(false);
            expect(reclaim.shipmentRef).not.toBe(seen.shipmentRef);
            expect(['purchased', 'refused', 'voiding', 'voided', 'void_refused']).toContain(seen.state);
            expect(seen.endedAt!.getTime()).toBeLessThanOrEqual(now.getTime() - carrier.horizonMs);
            expect(whyNotReclaimed(reclaim, seen)).toBeNull();
            expect(whyNotReclaimed(reclaim, { ...seen, shipmentRef: reclaim.shipmentRef })).toBe('own_shipment');
            asked.set(reclaim.shipmentRef, reclaim);
          }
        }
      },
    ),
  );
});

test('whatever the carrier answers and whoever asks: it ends once, and what is booked of it is booked on both sides', () => {
  const outcome = fc.constantFrom<VoidOutcome[]>(
    { kind: 'voided' },
    { kind: 'pending' },
    { kind: 'unknown' },
    { kind: 'refused', code: 'carrier.parcel_already_scanned' },
  );
  const step = fc.record({
    after: fc.nat(20_000),
    fenceOff: fc.nat(1),
    outcome,
    refund: fc.integer({ min: 0, max: 30_00 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      let reclaim = decide()!;
      let now = daysLater(1);
      for (const { after, fenceOff, outcome: said, refund } of steps) {
        now = new Date(now.getTime() + after);
        if (isEndedReclaim(reclaim)) break;
        const claimed = claimReclaim(reclaim, 10_000, now);
        expect(claimed === null).toBe(reclaim.leaseUntil !== null && reclaim.leaseUntil > now);
        if (!claimed) continue;
        expect(claimed).toMatchObject({ state: 'sent', fence: reclaim.fence + 1 });
        const amount = { minor: refund, currency: 'USD' } as const;
        const settled = settleReclaim(
          claimed,
          claimed.fence - fenceOff,
          said,
          said.kind === 'voided' ? amount : null,
          now,
        );
        expect(settled === null).toBe(fenceOff === 1);
        reclaim = settled ?? claimed;
      }
      const charge = chargeFurther(reclaim, now);
      if (reclaim.state !== 'given') {
        expect([reclaim.refund, charge.length]).toEqual([null, 1]);
        return;
      }
      const transfers = refundFurther(reclaim, reclaim.refund!, now);
      expect(transfers.slice(0, 1)).toEqual(charge);
      expect(settleReclaim(reclaim, reclaim.fence, { kind: 'voided' }, reclaim.refund, now)).toBeNull();
      expect(endReclaim(reclaim, 'given_up', now)).toBe(reclaim);
      const balance = (account: Parameters<typeof balanceOf>[0]) =>
        balanceOf(account, transfers).get('USD')?.minor ?? 0;
      const kept = reclaim.charged.minor - reclaim.refund!.minor;
      expect([balance('carrier'), balance('platform'), balance('seller')].map((minor) => minor + 0)).toEqual([
        kept,
        0 - kept,
        0,
      ]);
    }),
  );
});

test('a refused reclaim is asked for again, with all the calls of a new one, and no other is', () => {
  const asked = decide()!;
  const claimed = claimReclaim(asked, 1_000, daysLater(1))!;
  const refused = { ...endReclaim(claimed, 'carrier_silent', daysLater(1)), unanswered: 50 };
  const again = askAgain(refused, label);
  expect(again).toMatchObject({ ok: true, value: { ...asked, fence: 1, sentAt: daysLater(1) } });
  const codes = (...given: Parameters<typeof askAgain>) => {
    const decision = askAgain(...given);
    return decision.ok ? [] : decision.refusals.map(({ code }) => code);
  };
  for (const state of ['requested', 'sent', 'given'] as const)
    expect(codes({ ...refused, state }, label)).toEqual(['reclaim.not_refused']);
  expect(codes(refused, { ...label, shipmentRef: 'shp-2' })).toEqual(['reclaim.own_shipment']);
  expect(codes(refused, aLabel({ state: 'parked' }))).toEqual(['reclaim.label_open']);
  // The answer to a call of before is nobody's any more.
  expect(settleReclaim(again.ok ? again.value : refused, 1, { kind: 'voided' }, null, daysLater(1))).toBeNull();
});

test('a carrier that never answers is a person’s affair in the end', () => {
  let reclaim = decide()!;
  for (let asked = 0; !isEndedReclaim(reclaim); asked += 1) {
    expect(asked).toBeLessThan(50);
    const claimed = claimReclaim(reclaim, 1_000, daysLater(1))!;
    reclaim = settleReclaim(claimed, claimed.fence, { kind: 'unknown' }, null, daysLater(1))!;
  }
  expect(reclaim).toMatchObject({ state: 'refused', reason: 'carrier_silent' });
  expect(reclaimProblem(reclaim)?.code).toBe('reclaim.carrier_silent');
  expect(reclaimProblem({ reason: 'carrier.void_window_passed' })?.code).toBe('carrier.void_window_passed');
  expect(reclaimProblem({ reason: 'whatever' })?.code).toBe('carrier.refused');
  expect(reclaimProblem({ reason: null })).toBeNull();
});
