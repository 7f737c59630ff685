import { describe, expect, test } from 'vitest';
import {
  claimLabel,
  labelProblem,
  needsNewQuote,
  type QuotedLabel,
  type SecondQuote,
  type ShippingOffer,
  settleSecondQuote,
} from '../../src/index.ts';
import { aDeclaration } from '../builders/aDeclaration.ts';
import { aCarrier, aLabel, anOffer } from '../builders/aLabel.ts';
import { aMoment } from '../builders/moments.ts';
import { codesOf, granted } from '../builders/refused.ts';

const later = (minutes: number) => new Date(aMoment.getTime() + minutes * 60_000);
const usd = (minor: number) => ({ minor, currency: 'USD' as const });

/** A label whose offer ended, in the hands of somebody with fence 1. */
const held = (change: Partial<QuotedLabel> = {}): QuotedLabel => ({
  ...granted(claimLabel(aLabel(), aCarrier(), 20_000, later(11))).label,
  declaration: aDeclaration,
  ...change,
});
const offers = (change: Partial<ShippingOffer> = {}): SecondQuote => ({
  kind: 'offers',
  offers: [anOffer({ offerToken: 'offer-2', validUntil: later(21), ...change })],
  shipDate: '2026-03-09' as typeof aDeclaration.shipDate,
});
const settled = (label: QuotedLabel, quote: SecondQuote) => granted(settleSecondQuote(label, 1, quote, later(11)));

describe('a label whose offer ended (R17)', () => {
  test('is quoted again, but for one that was sent before or whose offer has no known end', () => {
    expect(needsNewQuote(aLabel(), later(9))).toBe(false);
    expect(needsNewQuote(aLabel(), later(10))).toBe(true);
    expect(needsNewQuote(aLabel({ requestHash: 'hash' }), later(11))).toBe(false);
    expect(needsNewQuote(aLabel({ quotedUntil: null }), later(11))).toBe(false);
  });

  test('goes on with the new offer and its day of hand-over where it costs the same or less', () => {
    for (const minor of [24_50, 20_00]) {
      expect(settled(held(), offers({ rate: usd(minor) }))).toMatchObject({
        state: 'requested',
        fence: 1,
        leaseUntil: null,
        offerToken: 'offer-2',
        quoted: usd(24_50),
        requoted: usd(minor),
        quotedUntil: later(21),
        declaration: { shipDate: '2026-03-09', lines: aDeclaration.lines },
      });
    }
  });

  test('ends with both prices where it costs more than its seller tolerates', () => {
    const refused = settled(held(), offers({ rate: usd(24_51) }));
    expect(refused).toMatchObject({ state: 'refused', reason: 'price_not_tolerated', requoted: usd(24_51) });
    expect(labelProblem(refused)).toMatchObject({
      code: 'purchase.price_not_tolerated',
      params: { quoted: '24.50 USD', requoted: '24.51 USD' },
    });
    const tolerant = held({ priceTolerance: { percent: 10, minor: null } });
    expect(settled(tolerant, offers({ rate: usd(26_95) })).state).toBe('requested');
    expect(settled(tolerant, offers({ rate: usd(26_96) })).state).toBe('refused');
  });

  test('does not creep: however often it is quoted again, the price agreed first is what counts', () => {
    const dearer = settled(held({ priceTolerance: { percent: 10, minor: null } }), offers({ rate: usd(26_95) }));
    const again = { ...granted(claimLabel(dearer, aCarrier(), 20_000, later(30))).label, declaration: aDeclaration };
    const quote = offers({ rate: usd(27_00), validUntil: later(40) });
    expect(granted(settleSecondQuote(again, 2, quote, later(30)))).toMatchObject({
      state: 'refused',
      requoted: usd(27_00),
    });
  });

  test('ends where the service is not offered any more, or without the protection it had (R22)', () => {
    for (const gone of [{ serviceId: 'OTHER' }, { carrierId: 'other' }, { labelFormats: ['PNG'] as const }])
      expect(settled(held(), offers(gone))).toMatchObject({ state: 'refused', reason: 'service_not_offered' });
    expect(settled(held(), offers({ benefits: { included: [] } }))).toMatchObject({
      state: 'refused',
      reason: 'protection_not_offered',
    });
    expect(settled(held({ isProtected: false }), offers({ benefits: { included: [] } })).state).toBe('requested');
  });

  test('is given back where nobody answered, and left alone by whoever holds it no longer or after it was sent', () => {
    expect(settled(held(), { kind: 'unavailable' })).toMatchObject({ state: 'requested', offerToken: 'offer-before' });
    expect(codesOf(settleSecondQuote(held(), 0, offers(), later(11)))).toEqual(['label.fence_stale']);
    expect(codesOf(settleSecondQuote(held({ requestHash: 'hash' }), 1, offers(), later(11)))).toEqual([
      'label.wrong_state',
    ]);
  });
});
