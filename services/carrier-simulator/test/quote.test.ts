import type { QuoteRequest } from '@ge/carriers';
import { eligibleOffers } from '@ge/domain';
import { describe, expect, it } from 'vitest';
import { call, enquiry, houses, shipTo, startRig } from './simulatorFixture.ts';

const quoteOf = async (change: Partial<QuoteRequest> = {}) => {
  await using rig = await startRig();
  const quotes = await Promise.all(
    houses.map(({ id }) => rig.registry.carrierById(id)!.quote({ ...enquiry, ...change }, call)),
  );
  const quoted = quotes.map((quote) => {
    if (quote.kind !== 'quoted') throw new Error(JSON.stringify(quote));
    return quote;
  });
  const offers = quoted.flatMap(({ offers }) => offers);
  return {
    offers,
    services: offers.map(({ serviceId }) => serviceId),
    refused: Object.fromEntries(
      quoted.flatMap(({ refused }) => refused).map(({ serviceId, code }) => [serviceId, code]),
    ),
  };
};

describe('offers', () => {
  it('come with price, days, protection, formats, limits and at most ten minutes of validity', async () => {
    const { offers, refused } = await quoteOf();
    const express = offers.find(({ serviceId }) => serviceId === 'P')!;
    expect(express).toMatchObject({
      carrierId: 'simulator-express',
      rate: { minor: 5_340, currency: 'USD' },
      shipDate: '2026-11-23',
      earliestDelivery: '2026-11-25',
      latestDelivery: '2026-11-26',
      benefits: { included: ['CLAIMS_PROTECTED'], excluded: [] },
      labelFormats: ['PDF', 'PNG', 'ZPL203', 'ZPL300'],
      maxWeightGrams: 70_000,
      maxSideMm: 1_200,
    });
    const validity = express.validUntil.getTime() - Date.now();
    expect(validity).toBeGreaterThan(9 * 60_000);
    expect(validity).toBeLessThanOrEqual(10 * 60_000);
    expect(refused.H).toBe('PROGRAM_CONSTRAINTS');
  });

  it('pass the judgement of the domain, cheapest first', async () => {
    const { offers } = await quoteOf({ deliverBy: undefined });
    const judged = eligibleOffers(offers, 'ZPL203', new Date());
    expect(judged.refused).toEqual([]);
    expect(judged.eligible.map(({ serviceId }) => serviceId)).toEqual(['IPL', 'IPS', 'IPP', 'P', 'Y']);
  });

  it('take no parcel beyond what they themselves say they take', async () => {
    const { offers } = await quoteOf();
    for (const { serviceId, maxWeightGrams, maxSideMm } of offers) {
      const most = await quoteOf({
        parcel: { weightGrams: maxWeightGrams - 5, lengthMm: maxSideMm - 4, widthMm: 10, heightMm: 10 },
      });
      expect(most.services).toContain(serviceId);
      const heavy = await quoteOf({ parcel: { ...enquiry.parcel, weightGrams: maxWeightGrams + 10 } });
      expect(heavy.refused[serviceId]).toBe('WEIGHT_RESTRICTIONS');
      const long = await quoteOf({ parcel: { ...enquiry.parcel, lengthMm: maxSideMm + 5 } });
      expect(long.refused[serviceId]).toBe('SIZE_RESTRICTIONS');
    }
  });

  it('that must come late are refused; those that may come late lose their protection', async () => {
    const { offers, refused } = await quoteOf({ deliverBy: '2026-11-27' });
    expect(refused).toMatchObject({ IPS: 'LATE_DELIVERY', IPL: 'LATE_DELIVERY' });
    expect(offers.find(({ serviceId }) => serviceId === 'IPP')?.benefits).toEqual({
      included: [],
      excluded: [{ benefit: 'CLAIMS_PROTECTED', reasons: ['LATE_DELIVERY_RISK'] }],
    });
    expect(offers.find(({ serviceId }) => serviceId === 'P')?.benefits.included).toEqual(['CLAIMS_PROTECTED']);
  });

  it('without tracking carry no protection', async () => {
    const { offers } = await quoteOf({ parcel: { ...enquiry.parcel, weightGrams: 500 } });
    expect(offers.find(({ serviceId }) => serviceId === 'IPL')?.benefits.excluded).toEqual([
      { benefit: 'CLAIMS_PROTECTED', reasons: ['SERVICE_NOT_PROTECTED'] },
    ]);
  });

  it.each([
    ['an unserved country', { shipTo: { ...shipTo, country: 'KP' } }, 'P', 'NO_COVERAGE'],
    ['a PO box', { shipTo: { ...shipTo, line1: 'Postfach 12 34' } }, 'P', 'CARRIER_CANNOT_SHIP_TO_POBOX'],
    ['dangerous goods', { hasDangerousGoods: true }, 'IPP', 'DANGEROUS_GOODS_NOT_ACCEPTED'],
    ['a value above the limit', { declaredValue: { minor: 500_001, currency: 'USD' } }, 'IPP', 'VALUE_RESTRICTIONS'],
  ] as const)('are refused with their reason for %s', async (_what, change, serviceId, code) => {
    expect((await quoteOf(change)).refused[serviceId]).toBe(code);
  });

  it('reach more than a hundred countries', async () => {
    await using rig = await startRig();
    const carrier = rig.registry.carrierById('simulator-express')!;
    const codes =
      'AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BJ BN BO BR BS BT BW BZ CA CH CI CL CM CN CO CR CV CY CZ DE DJ DK DM DO DZ EC EE EG ES ET FI FJ FR GA GB GD GE GH GM GR GT GY HK HN HR HU ID IE IL IN IS IT JM JO JP KE KG KH KR KW KZ LA LB LK LT LU LV MA MD MG MK ML MN MO MT MU MV MX MY MZ NA NE NG NI NL NO NP NZ OM PA PE PH PK PL PT PY QA RO RS RW SA SE SG SI SK SN SV TH TN TR TW TZ UA UG UY UZ VN ZA ZM'.split(
        ' ',
      );
    const served = await Promise.all(
      codes.map(async (country) => {
        const quote = await carrier.quote({ ...enquiry, shipTo: { ...shipTo, country }, deliverBy: undefined }, call);
        return quote.kind === 'quoted' && quote.offers.length > 0;
      }),
    );
    expect(served.filter(Boolean).length).toBeGreaterThan(100);
  });
});
