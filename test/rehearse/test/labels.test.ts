import { expect, test } from 'vitest';
import { rehearseLabels } from '../rehearseLabels.ts';

const deep = Boolean(process.env.GE_DEEP);
/** By their remainder the second carrier takes look-ups alone, keys alone, or neither. */
const seeds = deep ? [30, 31, 32, 33, 34, 35] : [83];

test.for(seeds)(
  'seed %i: each label is charged once, whatever carriers lose and whoever is killed, and every cent is accounted for (R17, R23)',
  { timeout: 300_000 },
  async (seed) => {
    const found = await rehearseLabels({ orders: deep ? 300 : 50, seed, kill: true });
    expect(found).toMatchObject({ ok: true, violations: [], duplicates: 0, lost: 0, unknown: 0, ledgerImbalance: 0 });
    const { purchased, refused, parked, labels, voids, refunds, batches } = found;
    expect(purchased + refused + parked + voids.voided + voids.refused).toBe(labels);
    expect(refunds).toMatchObject({ count: voids.voided, bookedMinor: refunds.atCarriersMinor });
    expect(voids.replaced).toBeGreaterThan(0);
    expect(batches.paused * batches.cancelled).toBeGreaterThan(0);
    expect(Object.keys(found.faultsInjected).length).toBeGreaterThan(3);
    expect(Object.keys(found.kills).length).toBeGreaterThan(0);
  },
);
