import { expect, test } from 'vitest';
import { rehearseRestore } from '../rehearseRestore.ts';

/** By their remainder the second carrier takes look-ups alone, keys alone, or neither. */
const seeds = [30, 31, 32];

/** What it rests on is proven in services/label-purchase/test/reconcile.test.ts, at no such cost. */
test.runIf(process.env.GE_DEEP).for(seeds)(
  'seed %i: of a backup older than purchases nothing is bought again that was charged, and every cent is found (R17, R23)',
  { timeout: 300_000 },
  async (seed) => {
    const found = await rehearseRestore({ orders: 200, seed });
    expect(found).toMatchObject({ ok: true, violations: [], sentAgain: 0, duplicates: 0, lost: 0, ledgerImbalance: 0 });
    expect(found.chargedBefore).toBeGreaterThan(0);
    expect(found.purchased + found.refused + found.parked).toBe(found.orders);
  },
);
