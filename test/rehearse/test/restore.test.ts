import { expect, test } from 'vitest';
import { rehearseRestore } from '../rehearseRestore.ts';

const deep = Boolean(process.env.GE_DEEP);
/** By their remainder the second carrier takes look-ups alone, keys alone, or neither. */
const seeds = deep ? [30, 31, 32] : [30];

test.for(seeds)(
  'seed %i: of a backup older than purchases nothing is bought again that was charged, and every cent is found (R17, R23)',
  { timeout: 300_000 },
  async (seed) => {
    const found = await rehearseRestore({ orders: deep ? 300 : 60, seed });
    expect(found).toMatchObject({ ok: true, violations: [], sentAgain: 0, duplicates: 0, lost: 0, ledgerImbalance: 0 });
    expect(found.chargedBefore).toBeGreaterThan(0);
    expect(found.purchased + found.refused + found.parked).toBe(found.orders);
  },
);
