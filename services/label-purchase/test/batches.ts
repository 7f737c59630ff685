import { orderBatchLabels as contract, decidePayout } from '@ge/contracts';
import {
  askAgainForBatch,
  type Database,
  endWaitingItems,
  itemsOfBatch,
  LabelBatchEntity,
  LabelBatchItemEntity,
  type LabelBatchItemRow,
  type LabelBatchRow,
  newId,
  outgoing,
  startOperation,
  tallyBatches,
  wakeLabelBatch,
} from '@ge/database';
import { countStandings, type LabelBatchId, type LabelBatchState, type OrderId } from '@ge/domain';
import { type Clock, systemClock } from '@ge/runtime';
import { runOwed } from '@ge/testkit';
import { expect } from 'vitest';
import type { BatchPace } from '../batch/claimSlices.ts';
import { orderBatchLabels } from '../batch/orderBatchLabels.ts';
import { buyLabel as buying } from '../buyLabel.ts';
import { decidePayout as deciding } from '../decidePayout.ts';
import { quoteLabelAgain } from '../quoteLabelAgain.ts';
import type { LabelRig } from './labelRig.ts';
import { seller } from './purchases.ts';

const measures = { weightGrams: 1_250, lengthMm: 300, widthMm: 200, heightMm: 120 };

/** What the gateway does with a batch: the batch, its items, the operation and the message, in one transaction. */
export const putBatch = (
  database: Database,
  orderIds: readonly OrderId[],
  change: Partial<LabelBatchRow> = {},
  item: Partial<LabelBatchItemRow> = {},
): Promise<LabelBatchRow> =>
  database.transaction(async (tx) => {
    const now = new Date();
    const id = newId<LabelBatchId>('lbb');
    const payload = { sellerId: seller, batchId: id };
    const operationId = await startOperation(tx, { kind: contract.name, sellerId: seller, now }, [
      outgoing(contract, { payload, sellerId: seller }),
    ]);
    const batch: LabelBatchRow = {
      id,
      sellerId: seller,
      operationId,
      state: 'open',
      format: 'ZPL203',
      priceTolerance: null,
      createdAt: now,
      ...change,
    };
    await tx.insert(LabelBatchEntity, [batch]);
    await tx.insert(
      LabelBatchItemEntity,
      orderIds.map((orderId, itemNo) => ({
        batchId: id,
        itemNo,
        orderId,
        parcelNo: 1,
        parcel: { ...measures, contents: [{ lineId: 'L1', quantity: 2 }] },
        offerToken: null,
        choose: 'cheapest' as const,
        itn: null,
        state: 'waiting' as const,
        labelId: null,
        refusals: [],
        offerlessSince: null,
        askAgainAt: null,
        awaitedCarriers: [],
        asideAt: null,
        ...item,
      })),
    );
    return batch;
  });

/** What takes heavy parcels; nobody else does. */
export const heavyCarrier = 'simulator-express';

/** Few at a time, so that a batch of dozens takes many steps. */
export const smallSteps = { sliceItems: 5, itemsAhead: 10 };

/** Makes the first parcels of every batch too heavy for the carrier `parcel`. */
export const makeHeavy = (database: Database, items: number) =>
  database.query(
    `update label_batch_items set parcel = jsonb_set(parcel, '{weightGrams}', '25000') where item_no < $1`,
    [items],
  );

/** The programme's time, which moves on by some seconds with every look at it. */
export function tickingClock(): Clock & { later(ms: number): Clock } {
  let aheadMs = 0;
  const clock = {
    now: () => {
      aheadMs += 5_000;
      return new Date(Date.now() + aheadMs);
    },
    later: (ms: number) => {
      aheadMs += ms;
      return clock;
    },
  };
  return clock;
}

/** What the gateway does with a pause, a resumption and a cancellation. */
export const steer = (database: Database, batch: LabelBatchRow, state: LabelBatchState): Promise<void> =>
  database.transaction(async (tx) => {
    await tx.lock(LabelBatchEntity, [batch.id]);
    if (state === 'cancelled') await endWaitingItems(tx, [batch.id], { state: 'cancelled', refusals: [] });
    await tx.update(LabelBatchEntity, [{ ...batch, state }], ['state']);
    if (state === 'open') await askAgainForBatch(tx, batch.id);
    if (state !== 'paused') await wakeLabelBatch(tx, batch.operationId);
  });

export const countsOf = async (database: Database, { id }: LabelBatchRow) =>
  countStandings(await database.transaction((tx) => tallyBatches(tx, [id])));

export const itemsOf = (database: Database, { id }: LabelBatchRow) =>
  database.transaction((tx) => itemsOfBatch(tx, { batchId: id, like: null, after: null, limit: 10_000 }));

/** The batch's jobs in this process. */
export function batchDesk(rig: LabelRig, pace: Partial<BatchPace> = {}, clock: Clock = systemClock) {
  const desk = rig.desk();
  const run = (handler: Parameters<typeof runOwed>[1], together = false) =>
    runOwed(rig.db.database, handler, together, clock);
  const ordering = orderBatchLabels(desk, { sliceItems: 10, itemsAhead: 1_000, offersAwaitedMs: 3_600_000, ...pace });
  return {
    ordering,
    /** `meanwhile`: done while the carriers of the nth slice (from 1) are asked. */
    order: (meanwhile: (slice: number) => Promise<unknown> = async () => undefined, together = false) => {
      let slices = 0;
      const handler: typeof ordering = {
        ...ordering,
        call: async (intent, beginBy) => {
          slices += 1;
          await meanwhile(slices);
          return ordering.call(intent, beginBy);
        },
      };
      return run(handler, together);
    },
    buy: () => run(buying(desk), true),
    quoteAgain: () => run(quoteLabelAgain(desk), true),
    decidePayouts: () => run(deciding, true),
  };
}

/** Messages of a batch's jobs that are still owed, by name. */
export const owed = (database: Database) =>
  database.query<{ name: string; count: number }>(
    `select name, count(*)::int as count from messages where state = 'ready' and name <> '${decidePayout.name}' group by name order by name`,
  );

/** Of a run that stopped since as many labels wait to be sent as may; anything else fails the test. */
export const isEnoughAhead = (error: unknown): void => expect(String(error)).toContain('still owed');
