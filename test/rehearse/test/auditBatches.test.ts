import type { LabelBatchId, StandingCounts } from '@ge/domain';
import { expect, test } from 'vitest';
import { type AskedBatch, auditBatches, type BatchLabel, type EndedItem } from '../auditBatches.ts';
import type { BookedCall, BookedCharge } from '../carrierBook.ts';
import { horizonMs } from '../carriers.ts';

const batchId = 'lbb_1' as LabelBatchId;
const noon = new Date('2026-01-01T12:00:00Z');
const before = (ms: number): Date => new Date(noon.getTime() - ms);
const none: StandingCounts = { waiting: 0, under_way: 0, parked: 0, bought: 0, voided: 0, refused: 0, cancelled: 0 };

const batch = (items: number, change: Partial<AskedBatch> = {}): AskedBatch => ({
  id: batchId,
  items,
  wasPaused: false,
  cancelledAt: null,
  ...change,
});
const item = (itemNo: number, change: Partial<EndedItem> = {}): EndedItem => ({
  batchId,
  itemNo,
  state: 'ordered',
  refusals: 0,
  labelId: `lbl_${itemNo}`,
  ...change,
});
const label = (no: number, change: Partial<BatchLabel> = {}): BatchLabel => ({
  id: `lbl_${no}`,
  batchId,
  state: 'purchased',
  reason: null,
  sentAt: before(1_000),
  ...change,
});
const charge = (no: number): BookedCharge => ({
  carrier: 'express',
  shipmentId: `shp-${no}`,
  trackingId: `trk-${no}`,
  reference: `lbl_${no}`,
  chargedMinor: 2_450,
  currency: 'USD',
  voidedAt: null,
  refundedMinor: 0,
});
const buy = (no: number, at: Date): BookedCall => ({
  at: at.toISOString(),
  carrier: 'express',
  operation: 'buy',
  reference: `lbl_${no}`,
  idempotencyKey: 'key',
  bodyHash: 'hash',
  fault: null,
});
const unsent = { state: 'refused', reason: 'batch_cancelled', sentAt: null } as const;
const rest = { state: 'cancelled', labelId: null } as const;

interface Scene {
  readonly asked: AskedBatch;
  readonly items: readonly EndedItem[];
  readonly labels?: readonly BatchLabel[];
  readonly counts: Partial<StandingCounts>;
  readonly charges?: readonly BookedCharge[];
  readonly calls?: readonly BookedCall[];
}

const audited = ({ asked, items, labels = [], counts, charges = [], calls = [] }: Scene) => {
  const shown = new Map([[batchId, { total: items.length, counts: { ...none, ...counts } }]]);
  return auditBatches([asked], { items, labels, shown }, { charges, calls });
};

test('a batch that was cancelled in the middle is as it should be: sent before, dropped before, never asked for', () => {
  const found = audited({
    asked: batch(3, { cancelledAt: noon, wasPaused: true }),
    items: [item(0), item(1), item(2, rest)],
    labels: [label(0), label(1, unsent)],
    counts: { bought: 1, cancelled: 2 },
    charges: [charge(0)],
    // It was sent before, and arrived after.
    calls: [buy(0, new Date(noon.getTime() + horizonMs))],
  });
  const batches = { asked: 1, paused: 1, cancelled: 1, items: 3, ended: { bought: 1, cancelled: 2 } };
  expect(found).toEqual({ batches, violations: [] });
});

test.each<[string, Scene]>([
  [
    '1 batches do not account for all their items',
    { asked: batch(2), items: [item(0)], labels: [label(0)], counts: { bought: 1 } },
  ],
  [
    '1 batches do not account for all their items',
    { asked: batch(1), items: [item(0)], labels: [label(0)], counts: { voided: 1 } },
  ],
  [
    '1 items of batches have not ended',
    { asked: batch(1), items: [item(0, { state: 'waiting', labelId: null })], counts: { waiting: 1 } },
  ],
  [
    '1 items of batches are in two states at once',
    {
      asked: batch(1),
      items: [item(0, { state: 'refused', refusals: 1 })],
      labels: [label(0)],
      counts: { refused: 1 },
    },
  ],
  [
    '1 labels of batches belong to no item of their own',
    { asked: batch(1), items: [item(0)], labels: [label(0), label(1)], counts: { bought: 1 } },
  ],
  [
    '1 items of batches were refused without a reason',
    { asked: batch(1), items: [item(0, { state: 'refused', labelId: null })], counts: { refused: 1 } },
  ],
  [
    '1 items were cancelled though their batch was not',
    { asked: batch(1), items: [item(0, rest)], counts: { cancelled: 1 } },
  ],
  [
    '1 labels were sent after their batch had been cancelled',
    {
      asked: batch(1, { cancelledAt: before(2_000) }),
      items: [item(0)],
      labels: [label(0)],
      counts: { bought: 1 },
    },
  ],
  [
    '1 labels were sent after their batch had been cancelled',
    {
      asked: batch(1, { cancelledAt: noon }),
      items: [item(0)],
      labels: [label(0)],
      counts: { bought: 1 },
      calls: [buy(0, new Date(noon.getTime() + horizonMs + 1))],
    },
  ],
  [
    '1 labels of batches were charged and never sent',
    {
      asked: batch(1, { cancelledAt: noon }),
      items: [item(0)],
      labels: [label(0, unsent)],
      counts: { cancelled: 1 },
      charges: [charge(0)],
    },
  ],
])('%s: that is found', (violation, scene) => {
  expect(audited(scene).violations).toEqual([violation]);
});
