import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { needsBuyerIdentity } from '../../src/eligibility/buyerIdentity.ts';
import { type FilingLine, filingProof, filingRequirement, isItn } from '../../src/eligibility/exportFiling.ts';
import { money } from '../../src/money/money.ts';
import { formatAmount } from '../../src/money/moneyText.ts';
import { countries } from '../../src/region/countries.ts';
import { refusalsOf } from '../fee/amounts.ts';
import { country } from '../region/country.ts';

const now = new Date('2026-06-01T00:00:00Z');
const line = (scheduleB: string, dollars: number, quantity = 1): FilingLine => ({
  scheduleB,
  quantity,
  unitValue: money(dollars * 100, 'USD'),
});
const judge = (lines: readonly FilingLine[], to = 'GB', licensed = false) => {
  const decision = filingRequirement({ destination: country(to), lines, licensed }, now);
  if (!decision.ok) throw new Error(decision.refusals[0]!.code);
  return decision.value;
};

describe('export filing: more than 2,500 USD under one Schedule B number', () => {
  test('three lines of 2,000 under three numbers are exempt, one of 3,000 is not', () => {
    const three = [line('6109100012', 2000), line('6110200012', 2000), line('6203420012', 2000)];
    expect(judge(three)).toMatchObject({ itnRequired: false, exemption: 'NO EEI 30.37(a)' });
    expect(judge([line('6109100012', 3000)])).toMatchObject({ itnRequired: true, exemption: null });
  });

  test('exactly 2,500.00 is exempt, a cent more is not', () => {
    expect(judge([line('6109100012', 1250, 2)]).itnRequired).toBe(false);
    const cent = { scheduleB: '6109100012', quantity: 1, unitValue: money(2_500_01, 'USD') };
    expect(judge([cent]).itnRequired).toBe(true);
  });

  test('lines of one number are added, however the number is written', () => {
    const { groups, itnRequired } = judge([line('6109.10.0012', 1300), line('6109100012', 600, 2)]);
    expect(groups.map(({ scheduleB, value }) => [scheduleB, formatAmount(value)])).toEqual([['6109100012', '2500.00']]);
    expect(itnRequired).toBe(false);
  });

  test('a line known only to 6 digits counts with every longer number under it', () => {
    expect(judge([line('610910', 1500), line('6109100012', 1500)]).itnRequired).toBe(true);
    expect(judge([line('610910', 1500), line('6110200012', 1500)]).itnRequired).toBe(false);
  });

  test('Canada is exempt unless licensed; embargoed destinations and licensed goods always file', () => {
    expect(judge([line('6109100012', 9000)], 'CA')).toMatchObject({ itnRequired: false, exemption: 'NO EEI 30.36' });
    expect(judge([line('6109100012', 9000)], 'CA', true).itnRequired).toBe(true);
    expect(judge([line('6109100012', 1)], 'CU').itnRequired).toBe(true);
    expect(judge([line('6109100012', 1)], 'GB', true).itnRequired).toBe(true);
  });

  test('lines that cannot be judged are refused at their fields', () => {
    const bad = { scheduleB: '61', quantity: 0, unitValue: money(1, 'EUR') };
    const decision = filingRequirement({ destination: country('GB'), lines: [line('6109100012', 1), bad] }, now);
    expect(refusalsOf(decision)).toEqual([
      'export_filing.hs_code /lines/1/scheduleB',
      'export_filing.quantity /lines/1/quantity',
      'export_filing.value /lines/1/unitValue',
    ]);
  });

  const anyLine = fc
    .tuple(
      fc.constantFrom('610910', '6109100012', '6110200012', '611020', '8517130000'),
      fc.nat(2000),
      fc.integer({ min: 1, max: 3 }),
    )
    .map(([code, dollars, quantity]) => line(code, dollars, quantity));

  test('groups hold the whole value of the lines, and the order of lines does not matter', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 10 }), (lines) => {
        const result = judge(lines);
        const total = lines.reduce((sum, { quantity, unitValue }) => sum + quantity * unitValue.minor, 0);
        expect(result.groups.reduce((sum, { value }) => sum + value.minor, 0)).toBe(total);
        expect(judge(lines.toReversed())).toEqual(result);
      }),
    );
  });

  test('adding a line never lifts the duty to file', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 8 }), anyLine, (lines, more) => {
        if (judge(lines).itnRequired) expect(judge([...lines, more]).itnRequired).toBe(true);
      }),
    );
  });
});

describe('proof of filing', () => {
  const required = judge([line('6109100012', 3000)]);

  test('an ITN where one is required, the exemption legend otherwise', () => {
    expect(filingProof(required, 'X20260601123456')).toMatchObject({ ok: true, value: 'X20260601123456' });
    expect(filingProof(judge([line('6109100012', 10)]), null)).toMatchObject({ ok: true, value: 'NO EEI 30.37(a)' });
  });

  test('a missing or malformed ITN is refused', () => {
    expect(refusalsOf(filingProof(required, null))).toEqual(['export_filing.required /itn']);
    expect(refusalsOf(filingProof(judge([line('6109100012', 1)], 'GB', true), null))).toEqual([
      'export_filing.licensed /itn',
    ]);
    expect(refusalsOf(filingProof(required, 'X2026'))).toEqual(['export_filing.itn_malformed /itn']);
    expect(isItn('x20260601123456')).toBe(false);
  });
});

describe('buyer identity', () => {
  test('exactly the twelve countries of the programme ask the buyer for an identity number', () => {
    const asking = countries.map(({ code }) => code).filter((code) => needsBuyerIdentity(code, now));
    expect(asking).toEqual(['BO', 'BR', 'CL', 'CN', 'CR', 'EC', 'GT', 'HN', 'IN', 'NI', 'PE', 'SV']);
  });
});
