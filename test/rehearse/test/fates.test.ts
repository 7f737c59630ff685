import { expect, test } from 'vitest';
import { BatchFates, fatesOf } from '../fates.ts';
import { carrierNames, faultPlan } from '../faultScript.ts';

test('the same seed draws the same faults, the same voids and the same batches', () => {
  const drawn = (seed: number) => ({
    plan: faultPlan(seed),
    fates: fatesOf(seed, 200, carrierNames),
    batches: new BatchFates(seed, carrierNames).draw(200),
  });
  expect(drawn(7)).toEqual(drawn(7));
  expect(drawn(7)).not.toEqual(drawn(8));
});

test('of many orders some are voided, scanned before, and replaced, and nothing becomes of the others', () => {
  const fates = fatesOf(7, 2_000, carrierNames);
  const voided = fates.filter(({ isVoided }) => isVoided);
  expect(voided.length).toBeGreaterThan(180);
  expect(voided.length).toBeLessThan(320);
  expect(voided.some(({ isScanned }) => isScanned)).toBe(true);
  expect(new Set(voided.map(({ replacedBy }) => replacedBy))).toEqual(new Set([...carrierNames, null]));
  const others = fates.filter(({ isVoided }) => !isVoided);
  expect(others.every(({ isScanned, replacedBy }) => !isScanned && replacedBy === null)).toBe(true);
});

test('batches take all orders, and of four of them one is paused, one cancelled, one both and one let be', () => {
  const fates = new BatchFates(7, carrierNames).draw(200);
  expect(fates.reduce((sum, { items }) => sum + items.length, 0)).toBe(200);
  const steered = fates.slice(0, 4).map(({ isPaused, isCancelled }) => `${isPaused} ${isCancelled}`);
  expect(new Set(steered).size).toBe(4);
});
