import { describe, expect, test } from 'vitest';
import { countries } from '../../src/region/countries.ts';
import { destinationRules, subdivisionRules } from '../../src/region/destinationPolicy.ts';
import { type DestinationNode, destinationTree } from '../../src/region/destinationTree.ts';
import { inForce } from '../../src/region/policyPeriod.ts';
import {
  destinationBarOf,
  isDomestic,
  isEmbargoedPlace,
  isServed,
  servedDestinations,
} from '../../src/region/servedDestinations.ts';
import { country } from './country.ts';

const now = new Date('2026-06-01T12:00:00Z');

describe('served destinations', () => {
  test('buyers in more than a hundred countries are served (R24)', () => {
    const served = servedDestinations(now);
    expect(served.length).toBeGreaterThanOrEqual(100);
    for (const code of ['CA', 'MX', 'GB', 'DE', 'FR', 'JP', 'CN', 'AU', 'BR', 'IN', 'ZA', 'AE', 'TW', 'HK', 'FM']) {
      expect(served).toContain(code);
    }
  });

  test('embargoed countries are not served', () => {
    for (const code of ['CU', 'IR', 'KP', 'SY', 'RU', 'BY']) {
      expect(destinationBarOf(country(code), now)?.bar, code).toBe('embargoed');
      expect(isServed(country(code), now)).toBe(false);
    }
  });

  test('the United States and its territories are domestic on every day', () => {
    for (const code of ['US', 'PR', 'VI', 'GU', 'AS', 'MP', 'UM']) {
      expect(isDomestic(country(code)), code).toBe(true);
      expect(isServed(country(code), new Date('1999-01-01'))).toBe(false);
    }
  });

  test('a bar holds from the first moment of its day', () => {
    expect(isServed(country('RU'), new Date('2022-03-01T23:59:59.999Z'))).toBe(true);
    expect(isServed(country('RU'), new Date('2022-03-02T00:00:00Z'))).toBe(false);
  });

  test('a period ends before its last day', () => {
    const period = { from: '2025-01-01', until: '2025-07-01' };
    expect(inForce(period, new Date('2025-06-30T23:59:59Z'))).toBe(true);
    expect(inForce(period, new Date('2025-07-01T00:00:00Z'))).toBe(false);
    expect(inForce(period, new Date('2024-12-31T23:59:59Z'))).toBe(false);
  });

  test('every rule names a country of ISO 3166-1 and a real day', () => {
    const known = new Set<string>(countries.map(({ code }) => code));
    for (const rule of [...destinationRules, ...subdivisionRules]) {
      expect(known.has(rule.country), rule.id).toBe(true);
      expect(new Date(rule.from).toISOString().slice(0, 10)).toBe(rule.from);
      expect(rule.basis).not.toBe('');
    }
  });

  test.each([
    [{ country: 'UA', subdivision: 'UA-43' }, true],
    [{ country: 'UA', subdivision: '40' }, true],
    [{ country: 'UA', postalCode: '95000' }, true],
    [{ country: 'UA', postalCode: ' 83 001' }, true],
    [{ country: 'UA', subdivision: 'UA-30', postalCode: '01001' }, false],
    [{ country: 'UA' }, false],
    [{ country: 'FR', postalCode: '95000' }, false],
  ])('an embargoed part of a served country is found: %j → %s', (place, embargoed) => {
    expect(isEmbargoedPlace(place, now)).toBe(embargoed);
  });
});

describe('the destination tree', () => {
  const tree = destinationTree(now);
  const flat = (nodes: readonly DestinationNode[]): readonly DestinationNode[] =>
    nodes.flatMap((node) => [node, ...flat(node.children)]);
  const nodes = flat(tree);

  test('five continents hold every country once, without United States soil and Antarctica', () => {
    expect(tree.map(({ en }) => en)).toEqual(['Africa', 'Americas', 'Asia', 'Europe', 'Oceania']);
    const shown = nodes.filter(({ kind }) => kind === 'country').map(({ code }) => code);
    expect(shown).toHaveLength(249 - 7 - 1);
    expect(new Set(shown).size).toBe(shown.length);
    expect(shown).not.toContain('US');
  });

  test('counts of served countries add up', () => {
    expect(tree.reduce((sum, { servedCount }) => sum + servedCount, 0)).toBe(servedDestinations(now).length);
    for (const node of nodes) expect(node.served).toBe(node.servedCount > 0);
  });

  test('every node has both names', () => {
    for (const { en, zh } of nodes) {
      expect(en).not.toBe('');
      expect(zh).toMatch(/\p{Script=Han}/u);
    }
  });
});
