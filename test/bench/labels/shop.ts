import { type Offer, purchaseKey } from '@ge/carriers';
import { buyLabel } from '@ge/contracts';
import {
  appendMessages,
  type Database,
  LabelPurchaseEntity,
  newId,
  OperationEntity,
  OrderEntity,
  outgoing,
  SellerAddressEntity,
  SellerEntity,
} from '@ge/database';
import type { AddressId, CalendarDate, LabelId, OperationId, SellerId } from '@ge/domain';
import { labelRow, orderRow, sellerRow } from '@ge/testkit';
import { exportFiling, format, lines, parcel, shipDate, shipFrom, shipTo } from './parcels.ts';

const sellers = 50;
const rowsAtOnce = 1_000;

const sellerOf = (no: number) => `S-${no % sellers}` as SellerId;
const addressOf = (no: number) => `adr_${no % sellers}` as AddressId;

/** Orders with one label asked for each, as the gateway leaves them: order, intent, operation and message. */
export async function oweLabels(database: Database, count: number, offer: Offer): Promise<void> {
  await database.transaction(async (tx) => {
    const nos = Array.from({ length: sellers }, (_, no) => no);
    await tx.insert(
      SellerEntity,
      nos.map((no) => sellerRow(sellerOf(no), { generalAddressId: addressOf(no) })),
    );
    await tx.insert(
      SellerAddressEntity,
      nos.map((no) => ({ id: addressOf(no), sellerId: sellerOf(no), address: shipFrom })),
    );
  });
  for (let from = 0; from < count; from += rowsAtOnce)
    await oweSome(database, from, Math.min(count, from + rowsAtOnce), offer);
}

async function oweSome(database: Database, from: number, to: number, offer: Offer): Promise<void> {
  const now = new Date();
  const shipBy = new Date(now.getTime() + 86_400_000);
  const wanted = Array.from({ length: to - from }, (_, index) => ({
    sellerId: sellerOf(from + index),
    orderId: `111-0000000-${String(from + index).padStart(7, '0')}`,
    labelId: newId<LabelId>('lbl'),
    operationId: newId<OperationId>('op'),
    shipFromId: addressOf(from + index),
  }));
  await database.transaction(async (tx) => {
    await tx.insert(
      OrderEntity,
      wanted.map(({ sellerId, orderId }) => orderRow(sellerId, orderId, { shipTo, shipBy, createdAt: now })),
    );
    await tx.insert(
      LabelPurchaseEntity,
      wanted.map(({ sellerId, orderId, labelId, shipFromId }) =>
        labelRow(sellerId, orderId, labelId, {
          parcel: { ...parcel, contents: [{ lineId: '1', quantity: 1 }] },
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
