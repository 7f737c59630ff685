import { expect, test } from 'vitest';
import { rehearseLabels } from '../rehearseLabels.ts';

const deep = Boolean(process.env.GE_DEEP);
/** By their remainder the second carrier takes look-ups alone, keys alone, or neither. */
const seeds = deep ? [30, 31, 32, 33, 34, 35] : [32];

test.for(seeds)(
  'seed %i: each label is charged once, whatever carriers lose and whoever is killed, and every cent is accounted for (R17, R23)',
  { timeout: 300_000 },
  async (seed) => {
    const found = await rehearseLabels({ orders: deep ? 300 : 80, seed, kill: true });
    expect(found).toMatchObject({ ok: true, violations: [], duplicates: 0, lost: 0, unknown: 0, ledgerImbalance: 0 });
    expect(found.purchased + found.refused + found.parked).toBe(found.orders);
    expect(Object.keys(found.faultsInjected).length).toBeGreaterThan(3);
    expect(Object.keys(found.kills).length).toBeGreaterThan(0);
  },
);
