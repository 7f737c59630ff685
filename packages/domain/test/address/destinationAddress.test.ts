import { describe, expect, it } from 'vitest';
import type { Address } from '../../src/address/address.ts';
import { destinationAddressLimits, validateDestinationAddress } from '../../src/address/destinationAddress.ts';

const buyer: Address = {
  name: 'Ana Souza',
  line1: 'Rua das Laranjeiras 200, apto 31',
  city: 'Rio de Janeiro',
  state: 'RJ',
  postalCode: '22240-003',
  country: 'BR',
  phone: '+55 21 5555 0100',
};

const findings = (address: Partial<Address>, at?: string) => {
  const decision = validateDestinationAddress({ ...buyer, ...address }, at);
  return (decision.ok ? decision.warnings : decision.refusals).map(({ code, field }) => `${code} ${field}`);
};

describe('a buyer abroad', () => {
  it.for([
    {},
    { country: 'de', city: 'München', state: undefined, postalCode: '80331' },
    { country: 'JP', name: '山田太郎', line1: '銀座1-2-3', city: '東京都中央区', postalCode: '104-0061' },
    { country: 'HK', city: 'Kowloon', state: undefined, postalCode: undefined },
    { country: 'IE', line1: '4 Postbox Lane', city: 'Cork' },
  ] satisfies Partial<Address>[])('passes with the address of his own country: $country', (address) => {
    expect(findings(address)).toEqual([]);
  });

  it('keeps the script he writes in and gets his country in capitals', () => {
    const decision = validateDestinationAddress({ ...buyer, country: 'jp', city: ' 東京都  中央区 ' });
    expect(decision.ok && decision.value).toMatchObject({ country: 'JP', city: '東京都 中央区' });
  });

  it.for(['US', 'us', 'PR', 'GU', 'VI', 'AS', 'MP'])('is not one in the United States: %s', (country) => {
    expect(findings({ country })).toEqual(['delivery_address.in_us /country']);
  });

  it.for(['XX', 'DEU', 'Germany', '1', '__proto__'])('needs a country of ISO 3166-1: %s', (country) => {
    expect(findings({ country })).toContain('delivery_address.country_unknown /country');
  });

  it('is told every missing and overlong part at once, under the pointer given', () => {
    const line1 = 'x'.repeat(destinationAddressLimits.line1 + 1);
    expect(findings({ name: '', line1, city: ' ', country: '' }, '/shipTo')).toEqual([
      'delivery_address.required /shipTo/name',
      'delivery_address.too_long /shipTo/line1',
      'delivery_address.required /shipTo/city',
      'delivery_address.required /shipTo/country',
    ]);
  });

  it.for(['P.O. Box 12345', 'Apartado 12', 'Postfach 7'])('may use a post office box, with a warning: %s', (line1) => {
    expect(findings({ line1 })).toEqual(['delivery_address.po_box /line1']);
  });
});
