import { routes } from '@ge/api';
import {
  askAgainForBatch,
  endWaitingItems,
  itemsOfBatch,
  LabelBatchEntity,
  type LabelBatchRow,
  labelBatchesOf,
  type Transaction,
  wakeLabelBatch,
} from '@ge/database';
import {
  cancelLabelBatch as decideCancel,
  pauseLabelBatch as decidePause,
  resumeLabelBatch as decideResume,
  standingOf,
  standsLike,
} from '@ge/domain';
import { findingsOf } from '../http/accepted.ts';
import { handle } from '../http/handler.ts';
import { numberCursor, pageOf } from '../http/pages.ts';
import { decided } from '../http/refused.ts';
import { labelShown } from '../labels/labelShown.ts';
import { readSeller } from '../sellers/lockSeller.ts';
import { batchSeen, lockBatchSeen } from './batchSeen.ts';
import { batchesShown, batchShown } from './batchShown.ts';

export const listLabelBatches = handle(routes.labelBatches.listLabelBatches, async ({ tx, params, query }) => {
  const { id: sellerId } = await readSeller(tx, params.sellerId);
  const { cursor = null, limit } = query;
  const batches = await labelBatchesOf(tx, { sellerId, before: cursor, limit: limit + 1 });
  return { status: 200, body: pageOf(await batchesShown(tx, batches), limit, ({ id }) => id) };
});

export const getLabelBatch = handle(routes.labelBatches.getLabelBatch, async ({ tx, access, params }) => ({
  status: 200,
  body: await batchShown(tx, await batchSeen(tx, access, params.batchId)),
}));

export const listLabelBatchItems = handle(
  routes.labelBatches.listLabelBatchItems,
  async ({ tx, access, params, query, locale }) => {
    const { id: batchId } = await batchSeen(tx, access, params.batchId);
    const { state, cursor, limit } = query;
    const like = state === undefined ? null : standsLike(state);
    const rows = await itemsOfBatch(tx, { batchId, like, after: numberCursor(cursor), limit: limit + 1 });
    const items = rows.map(({ item, label }) => ({
      itemNo: item.itemNo,
      orderId: item.orderId,
      parcelNo: item.parcelNo,
      state: standingOf(item, label),
      label: label && labelShown(label, locale),
      refusals: findingsOf(item.refusals, locale),
      askAgainAt: item.state === 'waiting' ? item.askAgainAt : null,
    }));
    return { status: 200, body: pageOf(items, limit, ({ itemNo }) => String(itemNo)) };
  },
);

export const pauseLabelBatch = handle(routes.labelBatches.pauseLabelBatch, async ({ tx, access, params }) => {
  const batch = decided(decidePause(await lockBatchSeen(tx, access, params.batchId)));
  return { status: 200, body: await kept(tx, batch) };
});

export const resumeLabelBatch = handle(routes.labelBatches.resumeLabelBatch, async ({ tx, access, params }) => {
  const batch = decided(decideResume(await lockBatchSeen(tx, access, params.batchId)));
  await askAgainForBatch(tx, batch.id);
  await wakeLabelBatch(tx, batch.operationId);
  return { status: 200, body: await kept(tx, batch) };
});

/** Labels that were asked for and not sent are ended by their own messages, which are woken where they wait. */
export const cancelLabelBatch = handle(routes.labelBatches.cancelLabelBatch, async ({ tx, access, params }) => {
  const batch = decideCancel(await lockBatchSeen(tx, access, params.batchId));
  await endWaitingItems(tx, [batch.id], { state: 'cancelled', refusals: [] });
  await wakeLabelBatch(tx, batch.operationId);
  return { status: 200, body: await kept(tx, batch) };
});

async function kept(tx: Transaction, batch: LabelBatchRow) {
  await tx.update(LabelBatchEntity, [batch], ['state']);
  return batchShown(tx, batch);
}
