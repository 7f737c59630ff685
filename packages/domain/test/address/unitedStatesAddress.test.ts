import { describe, expect, it } from 'vitest';
import type { Address } from '../../src/address/address.ts';
import { validateUnitedStatesAddress } from '../../src/address/unitedStatesAddress.ts';
import { goodAddress, passingVectors, poBoxVectors, refusedVectors } from './addressVectors.ts';

const label = (address: Partial<Address>) => JSON.stringify(address);

describe('every known spelling of an unusable address is refused with its code and field (R6)', () => {
  it.for(refusedVectors)('$address → $code', ({ address, code, field }) => {
    const decision = validateUnitedStatesAddress({ ...goodAddress, ...address });
    const found = decision.ok ? [] : decision.refusals.map((refusal) => ({ code: refusal.code, field: refusal.field }));
    expect(found, label(address)).toContainEqual({ code, field });
  });
});

describe('near misses pass, with just the warnings they deserve (R6)', () => {
  it.for(passingVectors)('$address', ({ address, warnings = [] }) => {
    const decision = validateUnitedStatesAddress({ ...goodAddress, ...address });
    expect(decision.ok ? [] : decision.refusals, label(address)).toEqual([]);
    expect(decision.ok && decision.warnings.map((warning) => warning.code), label(address)).toEqual(warnings);
  });
});

it('the vectors stay numerous', () => {
  expect(refusedVectors.length).toBeGreaterThan(200);
  expect(poBoxVectors.length).toBeGreaterThan(150);
  expect(passingVectors.length).toBeGreaterThan(150);
});

const codes = (address: Partial<Address>, territoriesAllowed = false) => {
  const decision = validateUnitedStatesAddress({ ...goodAddress, ...address }, { territoriesAllowed });
  return (decision.ok ? decision.warnings : decision.refusals).map(({ code, field }) => `${code} ${field}`);
};

describe('the answer', () => {
  it('is a normalised copy', () => {
    const decision = validateUnitedStatesAddress({
      name: '  Harbor\tLight  ',
      line1: '１２００　Ｃｏｍｍｅｒｃｅ Pkwy\u200b',
      line2: '  ',
      city: ' Fresno ',
      state: 'california',
      postalCode: '937061234',
      country: 'u.s.a.',
      phone: ' 559 555 0100 ',
    });
    expect(decision).toEqual({
      ok: true,
      warnings: [],
      value: {
        name: 'Harbor Light',
        line1: '1200 Commerce Pkwy',
        city: 'Fresno',
        state: 'CA',
        postalCode: '93706-1234',
        country: 'US',
        phone: '559 555 0100',
      },
    });
  });

  it('names every reason at once', () => {
    const address = {
      name: '',
      line1: 'PO Box 1',
      line2: 'n'.repeat(61),
      city: 'APO',
      state: 'XX',
      postalCode: '1234',
    };
    expect(codes(address).sort()).toEqual([
      'address.military /city',
      'address.po_box /line1',
      'address.required /name',
      'address.too_long /line2',
      'address.unknown_state /state',
      'address.zip_format /postalCode',
    ]);
  });

  it('points into what was sent', () => {
    const decision = validateUnitedStatesAddress({ ...goodAddress, line1: 'PO Box 1' }, { at: '/generalAddress' });
    expect(decision).toMatchObject({ ok: false, refusals: [{ field: '/generalAddress/line1', rule: 'R6' }] });
  });

  it('says military or territorial once, however many fields tell', () => {
    expect(codes({ line1: 'PSC 3 Box 12', city: 'APO', state: 'AE', postalCode: '09012' })).toEqual([
      'address.military /line1',
    ]);
    expect(codes({ city: 'San Juan', state: 'PR', postalCode: '00901', country: 'PR' })).toEqual([
      'address.territory /country',
    ]);
  });

  it('names the box on each line that has one', () => {
    expect(codes({ name: 'A PO Box 1', line1: 'PO Box 1', line2: 'PO Box 2' })).toEqual([
      'address.po_box /line1',
      'address.po_box /line2',
      'address.po_box /name',
    ]);
  });
});

describe('where policy admits territories', () => {
  it.for([
    { city: 'San Juan', state: 'PR', postalCode: '00901' },
    { city: 'San Juan', state: undefined, country: 'PR', postalCode: '00901' },
    { city: 'Pago Pago', state: 'AS', postalCode: '96799' },
    { city: 'Saipan', state: 'MP', country: 'MP', postalCode: '96950' },
    { city: 'Hagatna', state: 'Guam', postalCode: '96910' },
  ])('they pass as US addresses: $state $country', (address) => {
    expect(codes(address, true)).toEqual([]);
  });

  it('ZIP, state and country must still agree', () => {
    expect(codes({ state: 'GU', postalCode: '96950' }, true)).toEqual(['address.zip_state_mismatch /postalCode']);
    expect(codes({ state: 'CA', country: 'PR' }, true)).toEqual(['address.unknown_state /state']);
  });

  it('military post stays refused', () => {
    expect(codes({ city: 'APO', state: 'AE', postalCode: '09012' }, true)).toEqual(['address.military /city']);
  });
});
