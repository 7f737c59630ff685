import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Address } from '../../src/address/address.ts';
import { cleanText, RAW_FIELD_LIMIT } from '../../src/address/addressText.ts';
import { type AddressWord, addressWords } from '../../src/address/addressWords.ts';
import { validateDestinationAddress } from '../../src/address/destinationAddress.ts';
import { findInStreetWords } from '../../src/address/streetLines.ts';
import { validateUnitedStatesAddress } from '../../src/address/unitedStatesAddress.ts';
import { goodAddress, passingVectors, refusedVectors } from './addressVectors.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 700 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  // Lone surrogates and all: any sequence of UTF-16 units is a JavaScript string.
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 }).map((units) => String.fromCharCode(...units)),
  fc
    .array(fc.constantFrom('P', 'O', '0', 'BOX', 'RR', '4', 'ST', ' ', '.', ',', '８', 'о', '\u200b', '中'), {
      maxLength: 40,
    })
    .map((parts) => parts.join('')),
);

const anyAddress: fc.Arbitrary<Address> = fc.record(
  {
    name: anyText,
    line1: anyText,
    line2: anyText,
    city: anyText,
    state: fc.oneof(anyText, fc.constantFrom('CA', 'PR', 'AE')),
    postalCode: fc.oneof(anyText, fc.constantFrom('93706', '00901', '09012')),
    country: fc.oneof(anyText, fc.constantFrom('US', 'PR', 'DE')),
    phone: anyText,
    email: anyText,
  },
  { requiredKeys: ['name', 'line1', 'city', 'country'] },
);

describe('any strings at all', () => {
  it('get a decision, never an exception, and a refusal has at least one reason', () => {
    fc.assert(
      fc.property(anyAddress, fc.boolean(), (address, territoriesAllowed) => {
        for (const decision of [
          validateUnitedStatesAddress(address, { territoriesAllowed }),
          validateDestinationAddress(address),
        ]) {
          if (!decision.ok) expect(decision.refusals.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('are cleaned once and for all', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(cleanText(cleanText(text))).toBe(cleanText(text));
      }),
      { numRuns: 1000 },
    );
  });

  it('never leak into refusals: params hold limits and state codes only', () => {
    fc.assert(
      fc.property(anyAddress, (address) => {
        const decision = validateUnitedStatesAddress(address);
        for (const refusal of decision.ok ? decision.warnings : decision.refusals) {
          for (const [key, value] of Object.entries(refusal.params)) {
            if (key === 'limit') expect(value).toBeTypeOf('number');
            else expect(value).toMatch(/^[A-Z]{2}$/);
          }
        }
      }),
    );
  });
});

const fullWidth = (char: string) => {
  const code = char.charCodeAt(0);
  return code > 0x20 && code < 0x7f ? String.fromCharCode(code + 0xfee0) : char;
};

const blanks = fc.constantFrom(' ', '  ', '\t', '\u00a0', '\u3000', ' \u200b ', '\u2009');
const dividers = fc.oneof(blanks, fc.constantFrom('-', '.', ' - ', '. ', '_', '/', '*', ' # '));

/** The same line in another writer's hand: case, full width, blanks (and, where asked, punctuation between words). */
const rewritten = (text: string, between: fc.Arbitrary<string>) =>
  fc
    .array(fc.record({ lower: fc.boolean(), wide: fc.boolean(), between }), {
      minLength: text.length,
      maxLength: text.length,
    })
    .map((choices) =>
      [...text.split('')]
        .map((char, i) => {
          const choice = choices[i]!;
          if (char === ' ') return choice.between;
          const cased = /[a-zA-Z]/.test(char) && choice.lower ? char.toLowerCase() : char;
          return choice.wide ? fullWidth(cased) : cased;
        })
        .join(''),
    );

const linesOf = (address: Partial<Address>) => [address.line1 ?? goodAddress.line1, address.line2 ?? ''] as const;

describe('another hand writes the same', () => {
  const refusedLines = refusedVectors.filter(
    (vector) => /line/.test(vector.field) && /po_box|military|general/.test(vector.code),
  );

  it('a refused line stays refused whatever its case, width, blanks and punctuation', () => {
    const written = fc.constantFrom(...refusedLines).chain((vector) => {
      const [line1, line2] = linesOf(vector.address);
      return fc.tuple(fc.constant(vector), rewritten(line1, dividers), rewritten(line2, dividers));
    });
    fc.assert(
      fc.property(written, ([vector, line1, line2]) => {
        const decision = validateUnitedStatesAddress({ ...goodAddress, ...vector.address, line1, line2 });
        const found = decision.ok ? [] : decision.refusals.map(({ code, field }) => `${code} ${field}`);
        expect(found, JSON.stringify([line1, line2])).toContain(`${vector.code} ${vector.field}`);
      }),
      { numRuns: 3000 },
    );
  });

  it('a passing line keeps passing whatever its case, width and blanks', () => {
    const written = fc.constantFrom(...passingVectors).chain((vector) => {
      const [line1, line2] = linesOf(vector.address);
      return fc.tuple(fc.constant(vector), rewritten(line1, blanks), rewritten(line2, blanks));
    });
    fc.assert(
      fc.property(written, ([vector, line1, line2]) => {
        const decision = validateUnitedStatesAddress({ ...goodAddress, ...vector.address, line1, line2 });
        expect(decision.ok ? [] : decision.refusals, JSON.stringify([line1, line2])).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });
});

it('an accepted address is accepted again, unchanged and with the same warnings', () => {
  for (const { address } of passingVectors) {
    const once = validateUnitedStatesAddress({ ...goodAddress, ...address });
    if (!once.ok) throw new Error('a passing vector was refused');
    expect(validateUnitedStatesAddress(once.value)).toEqual(once);
  }
});

describe('work is bounded', () => {
  /** How often the scan reads a word, counted by handing it a list that watches its indexes. */
  const readsOf = (words: readonly AddressWord[]): number => {
    let reads = 0;
    const watched = new Proxy(words, {
      get(target, key) {
        if (typeof key === 'string' && /^\d+$/.test(key)) reads += 1;
        return Reflect.get(target, key);
      },
    });
    findInStreetWords(watched);
    return reads;
  };

  it.for(['P O ', 'PO ', 'P.O.B.O.', 'POST OFFICE ', 'BOX ', 'RR ', '1 ', '1a', 'PSC 1 ', 'L O C K B O ', 'General '])(
    'reads of the lines grow with their words, no faster: %s',
    (part) => {
      const reads = [100, 500, 2500].map((times) => {
        const words = addressWords([part.repeat(times)]);
        return readsOf(words) / words.length;
      });
      expect(Math.max(...reads)).toBeLessThan(250);
      expect(reads[2]! / reads[0]!).toBeLessThan(1.2);
    },
  );

  it('a field beyond the raw limit is refused unread', () => {
    const line1 = `PO Box 1 ${'x'.repeat(RAW_FIELD_LIMIT)}`;
    const decision = validateUnitedStatesAddress({ ...goodAddress, line1 });
    expect(decision.ok ? [] : decision.refusals.map((refusal) => refusal.code)).toEqual(['address.too_long']);
  });
});
