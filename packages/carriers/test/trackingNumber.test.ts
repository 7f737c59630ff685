import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dhlCheckDigit, s10CheckDigit, trackingNumberKind, ups1zCheckDigit } from '../src/index.ts';

describe('tracking numbers', () => {
  it.each([
    ['RB123456785GB', 's10'],
    ['EE473124829US', 's10'],
    ['1Z999AA10123456784', 'ups-1z'],
    ['3318810025', 'dhl-waybill'],
  ] as const)('%s is a %s number', (number, kind) => {
    expect(trackingNumberKind(number)).toBe(kind);
  });

  it('with another check digit are none of their kind any more', () => {
    const serials = fc.integer({ min: 0, max: 99_999_999 }).map((serial) => String(serial).padStart(8, '0'));
    const off = (digit: string, step: number) => String((Number(digit) + step) % 10);
    fc.assert(
      fc.property(serials, fc.integer({ min: 0, max: 9 }), (serial, step) => {
        const body = `GE24SM65${serial.slice(0, 7)}`;
        const waybill = `1${serial}`;
        const kinds = [
          trackingNumberKind(`LX${serial}${off(s10CheckDigit(serial), step)}US`),
          trackingNumberKind(`1Z${body}${off(ups1zCheckDigit(body), step)}`),
          trackingNumberKind(`${waybill}${off(dhlCheckDigit(waybill), step)}`),
        ];
        expect(kinds).toEqual(step === 0 ? ['s10', 'ups-1z', 'dhl-waybill'] : [undefined, undefined, undefined]);
      }),
    );
  });

  it('that are something else have no kind', () => {
    for (const text of ['', '1Z', 'TBA123456789012', '12345678901234567890', '1Z999AA10123456785']) {
      expect(trackingNumberKind(text)).toBeUndefined();
    }
  });
});
