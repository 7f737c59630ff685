import { expect, test } from 'vitest';
import { handOverRefusals } from '../../src/label/handOver.ts';

const denver = {
  name: 'Blue Ridge Outfitters LLC',
  line1: '1200 Market Street',
  city: 'Denver',
  state: 'CO',
  postalCode: '80202',
  country: 'US',
  phone: '+1 303 555 0100',
};
const codes = (address: typeof denver) => handOverRefusals(address).map(({ code, field }) => `${code} ${field}`);

test('a parcel is taken over at a United States street address with a phone number, and nowhere else (R6, R17)', () => {
  expect(codes(denver)).toEqual([]);
  expect(codes({ ...denver, phone: ' ' })).toEqual(['label.ship_from_phone_missing /shipFrom/phone']);
  expect(codes({ ...denver, line1: 'PO Box 12' })[0]).toMatch(/^address\.\w+ \/shipFrom\/line1$/);
});
