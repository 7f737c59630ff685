import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../../src/index.ts';
import { canonicalJson } from '../../src/template/canonicalJson.ts';

describe('the digest of reviewed options', () => {
  it('is SHA-256 of the canonical text, so that any other program can check it', () => {
    expect(canonicalJson({ b: [1, null, 'é'], a: { d: true, c: undefined } })).toBe(
      '{"a":{"d":true},"b":[1,null,"é"]}',
    );
    expect(digestOf('abc')).toBe('6cc43f858fbb763301637b5af970e2a46b46f461f27e5a0f41e009c59b827b25');
  });

  it('does not depend on the order of keys, and is the same after a round trip through JSON', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const plain = JSON.parse(JSON.stringify(value));
        const reversed = Object.fromEntries(Object.entries(plain).reverse());
        expect(digestOf(reversed)).toBe(digestOf(plain));
      }),
    );
  });

  it('differs for different values', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const [a, b] = [JSON.parse(JSON.stringify(one)), JSON.parse(JSON.stringify(other))];
        const alike = canonicalJson(a) === canonicalJson(b);
        if (alike) expect(a).toEqual(b);
        expect(digestOf(a) === digestOf(b)).toBe(alike);
      }),
    );
  });

  it('refuses what JSON would bend', () => {
    for (const value of [Number.NaN, new Date(0), () => 1, 10n, undefined]) {
      expect(() => canonicalJson(value)).toThrow(TypeError);
    }
  });
});
