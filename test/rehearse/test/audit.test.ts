import { expect, test } from 'vitest';
import { auditPurchases, type EndedLabel } from '../audit.ts';
import type { BookedCall, BookedCharge } from '../carrierBook.ts';
import { bookedCharge } from './bookedCharge.ts';

const label = (id: string, state: string, reason: string | null = null): EndedLabel => ({
  id,
  state,
  reason,
  carrier: 'parcel',
});
const buy = (reference: string, fault: string | null = null, bodyHash = 'hash'): BookedCall => ({
  at: '2026-01-01T00:00:00Z',
  carrier: 'parcel',
  operation: 'buy',
  reference,
  idempotencyKey: `key-${reference}`,
  bodyHash,
  fault,
});

const undisturbed = { killed: false, silentCarriers: [] };

test('labels bought and charged once each are as they should be', () => {
  const found = auditPurchases(
    [label('a', 'purchased'), label('b', 'refused', 'carrier.refused')],
    [bookedCharge('a'), bookedCharge('b', '2026-01-01')],
    [buy('a', 'error_after'), buy('a'), buy('b')],
    undisturbed,
  );
  expect(found).toMatchObject({ purchased: 1, refused: 1, charges: 1, duplicates: 0, lost: 0, mostRequests: 2 });
  expect(found.violations).toEqual([]);
});

test.each<[string, EndedLabel[], BookedCharge[], BookedCall[]]>([
  ['1 labels were charged again', [label('a', 'purchased')], [bookedCharge('a'), bookedCharge('a')], [buy('a')]],
  ['1 labels say they were bought, and nobody charged them', [label('a', 'purchased')], [], [buy('a')]],
  ['1 labels were refused and are charged all the same', [label('a', 'refused')], [bookedCharge('a')], [buy('a')]],
  ['1 charges are for no label', [], [bookedCharge('a')], []],
  ['1 labels have not ended (1 unknown)', [label('a', 'unknown')], [], [buy('a')]],
  [
    '1 labels were sent with another body or key',
    [label('a', 'purchased')],
    [bookedCharge('a')],
    [buy('a'), buy('a', null, 'x')],
  ],
  ['1 labels say they were bought, and nobody charged them', [label('a', 'void_refused', 'why')], [], [buy('a')]],
  ['1 purchases were sent that no label asks for', [], [], [buy('a')]],
  [
    '1 labels wait for a person though their carrier can be asked',
    [label('a', 'parked', 'why')],
    [],
    [buy('a', 'error_after')],
  ],
])('%s: that is found', (violation, labels, charges, calls) => {
  expect(auditPurchases(labels, charges, calls, undisturbed).violations).toEqual([violation]);
});

test.each<[string, EndedLabel[], BookedCall[]]>([
  ['1 labels wait for a person without a reason', [label('a', 'parked')], [buy('a', 'error_after')]],
  ['1 labels wait for a person though no answer was lost', [label('a', 'parked', 'why')], [buy('a', 'latency')]],
])('%s at a carrier that cannot be asked: that is found', (violation, labels, calls) => {
  const found = auditPurchases(labels, [], calls, { killed: false, silentCarriers: ['parcel'] });
  expect(found.violations).toEqual([violation]);
});

test('a label may wait for a person because its process was killed, where processes are killed', () => {
  const found = auditPurchases([label('a', 'parked', 'why')], [bookedCharge('a')], [buy('a')], {
    silentCarriers: ['parcel'],
    killed: true,
  });
  expect(found).toMatchObject({ parked: 1, parkedBy: { faults: 0, kills: 1 }, violations: [] });
});

test('a label whose answer was lost at a carrier that cannot be asked is parked, whatever else it says', () => {
  const audited = (state: string) =>
    auditPurchases([label('a', state, 'why')], [bookedCharge('a')], [buy('a', 'error_after')], {
      killed: false,
      silentCarriers: ['parcel'],
    });
  expect(audited('parked')).toMatchObject({ unresolvable: 1, violations: [] });
  expect(audited('purchased').violations).toHaveLength(1);
});
