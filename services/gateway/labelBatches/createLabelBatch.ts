import { type BodyOf, routes } from '@ge/api';
import { orderBatchLabels } from '@ge/contracts';
import {
  keptOffers,
  LabelBatchEntity,
  LabelBatchItemEntity,
  newId,
  OrderEntity,
  outgoing,
  packedLabelsOf,
  readShipmentBooks,
  startOperation,
  type Transaction,
} from '@ge/database';
import {
  type BatchBooks,
  type BatchItemWish,
  judgeBatchItems,
  type LabelBatchId,
  labelBatchRefusals,
} from '@ge/domain';
import { acceptedBody, findingsOf } from '../http/accepted.ts';
import { handle } from '../http/handler.ts';
import { Refused } from '../http/refused.ts';
import { readSeller } from '../sellers/lockSeller.ts';
import { batchShown } from './batchShown.ts';

type Body = BodyOf<typeof routes.labelBatches.createLabelBatch>;

/** Refused items told in an answer; the rest is read page by page. */
const refusedShown = 100;

/**
 * Judges all items and takes the good ones; what is bought is decided anew when its turn comes, with its order locked. A few
 * statements, however many items there are.
 */
export const createLabelBatch = handle(
  routes.labelBatches.createLabelBatch,
  async ({ tx, params, body, now, locale }) => {
    const { id: sellerId } = await readSeller(tx, params.sellerId);
    const { format, priceTolerance } = body;
    const wishes = body.items.map(
      (item): BatchItemWish => ('offerToken' in item ? item : { ...item, choose: item.choose ?? body.choose }),
    );
    const judged = judgeBatchItems(wishes, { sellerId, format, priceTolerance }, await readBooks(tx, body), now);
    const allRefused = judged.filter(({ state }) => state === 'refused');
    const refused = allRefused.slice(0, refusedShown);
    if (body.allOrNothing && refused.length > 0) {
      throw new Refused([
        labelBatchRefusals.refusal('label_batch.not_all_taken', '/items', { count: allRefused.length }),
        ...refused.flatMap(({ itemNo, refusals }) =>
          refusals.map((refusal) => ({ ...refusal, field: `/items/${itemNo}${refusal.field}` })),
        ),
      ]);
    }
    const batchId = newId<LabelBatchId>('lbb');
    const waits = judged.some(({ state }) => state === 'waiting');
    const messages = waits ? [outgoing(orderBatchLabels, { payload: { sellerId, batchId }, sellerId })] : [];
    const operationId = await startOperation(tx, { kind: orderBatchLabels.name, sellerId, now }, messages);
    const batch = {
      id: batchId,
      sellerId,
      operationId,
      state: 'open',
      format,
      priceTolerance,
      createdAt: now,
    } as const;
    await tx.insert(LabelBatchEntity, [batch]);
    await tx.insert(
      LabelBatchItemEntity,
      judged.map((item) => ({ ...item, batchId })),
    );
    return {
      status: 202,
      body: {
        ...acceptedBody(operationId, [], locale),
        batch: await batchShown(tx, batch),
        refused: refused.map(({ itemNo, orderId, refusals }) => ({
          itemNo,
          orderId,
          refusals: findingsOf(refusals, locale),
        })),
      },
    };
  },
);

async function readBooks(tx: Transaction, { items }: Body): Promise<BatchBooks> {
  const orderIds = [...new Set(items.map(({ orderId }) => orderId))];
  const orders = await tx.find(OrderEntity, orderIds);
  const labels = await packedLabelsOf(tx, orderIds);
  const tokens = items.flatMap((item) => ('offerToken' in item ? item.offerToken : []));
  return {
    ...(await readShipmentBooks(tx, orders)),
    orders: new Map(orders.map((order) => [order.id, order])),
    labels: Map.groupBy(labels, ({ orderId }) => orderId),
    offers: await keptOffers(tx, tokens),
  };
}
