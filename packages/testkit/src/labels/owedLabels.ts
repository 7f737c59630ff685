import { type Offer, purchaseKey } from '@ge/carriers';
import { buyLabel } from '@ge/contracts';
import {
  appendMessages,
  bookTransfers,
  type Database,
  LabelPurchaseEntity,
  newId,
  OperationEntity,
  OrderEntity,
  outgoing,
  SellerAddressEntity,
  SellerEntity,
} from '@ge/database';
import {
  type AddressId,
  type CalendarDate,
  type LabelId,
  type OperationId,
  type SellerId,
  takeDeposit,
} from '@ge/domain';
import { labelRow, orderRow, sellerRow } from '../rows.ts';
import { exportFiling, format, lines, parcel, shipDate, shipFrom, shipTo } from './parcels.ts';

const sellers = 50;
const rowsAtOnce = 1_000;

const sellerOf = (no: number) => `S-${no % sellers}` as SellerId;
const addressOf = (no: number) => `adr_${no % sellers}` as AddressId;

/** What is ordered of every seller in turn. */
export interface OwedLabels {
  readonly count: number;
  /** Number of the first order. */
  readonly from?: number;
  /** Of one carrier or of several, taken by turns. */
  readonly offers: readonly Offer[];
  /** What each buyer has deposited for import fees, in cents. */
  readonly depositMinor?: number;
}

/** Orders with one label asked for each, as the gateway leaves them: order, deposit, intent, operation and message. */
export async function oweLabels(database: Database, wanted: OwedLabels): Promise<void> {
  await database.transaction(async (tx) => {
    const nos = Array.from({ length: sellers }, (_, no) => no);
    await tx.insert(
      SellerEntity,
      nos.map((no) => sellerRow(sellerOf(no), { generalAddressId: addressOf(no) })),
      true,
    );
    await tx.insert(
      SellerAddressEntity,
      nos.map((no) => ({ id: addressOf(no), sellerId: sellerOf(no), address: shipFrom })),
      true,
    );
  });
  const { from: first = 0, count } = wanted;
  for (let from = first; from < first + count; from += rowsAtOnce)
    await oweSome(database, from, Math.min(first + count, from + rowsAtOnce), wanted);
}

async function oweSome(
  database: Database,
  from: number,
  to: number,
  { offers, depositMinor }: OwedLabels,
): Promise<void> {
  const now = new Date();
  const shipBy = new Date(now.getTime() + 86_400_000);
  const wanted = Array.from({ length: to - from }, (_, index) => ({
    sellerId: sellerOf(from + index),
    orderId: `111-0000000-${String(from + index).padStart(7, '0')}`,
    labelId: newId<LabelId>('lbl'),
    operationId: newId<OperationId>('op'),
    shipFromId: addressOf(from + index),
    offer: offers[(from + index) % offers.length]!,
  }));
  const importFeeDeposit = depositMinor === undefined ? null : ({ minor: depositMinor, currency: 'USD' } as const);
  const orders = wanted.map(({ sellerId, orderId }) =>
    orderRow(sellerId, orderId, { shipTo, shipBy, createdAt: now, importFeeDeposit }),
  );
  await database.transaction(async (tx) => {
    await tx.insert(OrderEntity, orders);
    await bookTransfers(
      tx,
      orders.flatMap((order) => takeDeposit(order, now)),
    );
    await tx.insert(
      LabelPurchaseEntity,
      wanted.map(({ sellerId, orderId, labelId, shipFromId, offer }) =>
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
