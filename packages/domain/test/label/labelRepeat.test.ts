import { expect, test } from 'vitest';
import { checkRepeat } from '../../src/index.ts';
import { aLabel } from '../builders/aLabel.ts';
import { aMoment, daysLater } from '../builders/moments.ts';
import { codesOf, granted } from '../builders/refused.ts';

const unknown = aLabel({ state: 'unknown', fence: 3, requestHash: 'first', sentAt: aMoment, leaseUntil: daysLater(1) });

test('a repeat sends the body that was sent first', () => {
  expect(granted(checkRepeat(unknown, 3, 'first'))).toBe(unknown);
});

test.each(['another', null])('with %s body the label waits for a person instead', (hash) => {
  expect(granted(checkRepeat(unknown, 3, hash))).toMatchObject({
    state: 'parked',
    reason: 'request_changed',
    leaseUntil: null,
  });
});

test('whoever lost the label repeats nothing', () => {
  expect(codesOf(checkRepeat(unknown, 2, 'first'))).toEqual(['label.fence_stale']);
  expect(codesOf(checkRepeat({ ...unknown, state: 'purchased' }, 3, 'first'))).toEqual(['label.wrong_state']);
});
