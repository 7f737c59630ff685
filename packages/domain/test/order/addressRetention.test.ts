import { expect, test } from 'vitest';
import { isAddressDue } from '../../src/index.ts';
import { anOrder } from '../builders/anOrder.ts';

const day = (date: string) => new Date(`2026-${date}T12:00:00.000Z`);
const placed = { createdAt: day('03-01') };

test('an address is kept while the order may be shipped, and for its days after the confirmation', () => {
  for (const state of ['pending', 'held'] as const) {
    expect(isAddressDue(anOrder({ ...placed, state }), 30, day('12-31'))).toBe(false);
  }
  const confirmed = anOrder({ ...placed, state: 'confirmed', confirmedAt: day('03-11') });
  expect(isAddressDue(confirmed, 30, day('04-09'))).toBe(false);
  expect(isAddressDue(confirmed, 30, day('04-10'))).toBe(true);
  expect(isAddressDue({ ...confirmed, shipTo: null }, 30, day('04-10'))).toBe(false);
});

test('a cancelled order keeps its address from the day it was placed', () => {
  const cancelled = anOrder({ ...placed, state: 'cancelled' });
  expect(isAddressDue(cancelled, 30, day('03-30'))).toBe(false);
  expect(isAddressDue(cancelled, 30, day('03-31'))).toBe(true);
});
