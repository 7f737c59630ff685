import { type Offer, purchaseKey } from '@ge/carriers';
import { buyLabel } from '@ge/contracts';
import { appendMessages, type Database, LabelPurchaseEntity, newId, OperationEntity, outgoing } from '@ge/database';
import type { CalendarDate, LabelId, OperationId } from '@ge/domain';
import { labelRow } from '../rows.ts';
import { exportFiling, format, lines, packed, shipDate } from './parcels.ts';
import { insertOrders, orderNo, type PlacedOrders, putSellers, shipFromOf } from './placedOrders.ts';

const rowsAtOnce = 1_000;

/** What is ordered of every seller in turn. */
export interface OwedLabels extends PlacedOrders {
  /** Of one carrier or of several, taken by turns. A carrier that sells what it quoted once has to quote for each label. */
  readonly offers: readonly Offer[];
}

/** Orders with one label asked for each, as the gateway leaves them: order, deposit, intent, operation and message. */
export async function oweLabels(database: Database, wanted: OwedLabels): Promise<void> {
  await putSellers(database);
  const { from: first = 0, count } = wanted;
  for (let from = first; from < first + count; from += rowsAtOnce)
    await oweSome(database, from, Math.min(first + count, from + rowsAtOnce), wanted);
}

async function oweSome(database: Database, from: number, to: number, placed: OwedLabels): Promise<void> {
  const { offers } = placed;
  const now = new Date();
  const orders = Array.from({ length: to - from }, (_, index) => orderNo(from + index, placed, now));
  const wanted = orders.map(({ id: orderId, sellerId }, index) => ({
    sellerId,
    orderId,
    labelId: newId<LabelId>('lbl'),
    operationId: newId<OperationId>('op'),
    shipFromId: shipFromOf(sellerId),
    offer: offers[(from + index) % offers.length]!,
  }));
  await database.transaction(async (tx) => {
    await insertOrders(tx, orders, now);
    await tx.insert(
      LabelPurchaseEntity,
      wanted.map(({ sellerId, orderId, labelId, shipFromId, offer }) =>
        labelRow(sellerId, orderId, labelId, {
          parcel: packed,
          declaration: { shipFromId, shipDate: shipDate() as CalendarDate, lines: [...lines], exportFiling },
          carrierId: offer.carrierId,
          serviceId: offer.serviceId,
          offerToken: offer.offerToken,
          quoted: offer.rate,
          format,
          idempotencyKey: purchaseKey(offer.carrierId, labelId),
          createdAt: now,
        }),
      ),
    );
    await tx.insert(
      OperationEntity,
      wanted.map(({ sellerId, operationId: id }) => ({
        id,
        sellerId,
        kind: buyLabel.name,
        commandNo: null,
        state: 'open' as const,
        total: 1,
        fannedOut: true,
        createdAt: now,
        closedAt: null,
      })),
    );
    await appendMessages(
      tx,
      wanted.map(({ sellerId, labelId, operationId }) =>
        outgoing(buyLabel, { payload: { sellerId, labelId }, sellerId, operationId }),
      ),
    );
  });
}
