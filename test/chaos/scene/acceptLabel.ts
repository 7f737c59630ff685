import type { Baseline } from '@ge/audit';
import { createCarrierRegistry, purchaseKey, simulatorCarriers } from '@ge/carriers';
import { buyLabel } from '@ge/contracts';
import {
  LabelPurchaseEntity,
  newId,
  OrderEntity,
  outgoing,
  SellerAddressEntity,
  type SellerRow,
  SkuEntity,
  startOperation,
  type Transaction,
} from '@ge/database';
import {
  type CalendarDate,
  declareShipment,
  type LabelId,
  type Parcel,
  requestLabel,
  type ShippingOffer,
} from '@ge/domain';
import type { Answer } from './accepted.ts';
import { orderId } from './market.ts';

const carrierId = 'simulator-express';
const parcel: Parcel = {
  weightGrams: 1_250,
  lengthMm: 300,
  widthMm: 200,
  heightMm: 120,
  contents: [{ lineId: '1', quantity: 1 }],
};

/** An offer of the carrier, good for every order of the market: they all send the same to the same place. */
export interface LabelDesk {
  readonly offer: ShippingOffer;
  readonly shipDate: CalendarDate;
}

export async function openLabelDesk(market: Baseline, carrierUrl: string, apiKey: string): Promise<LabelDesk> {
  const shipDate = new Date().toISOString().slice(0, 10) as CalendarDate;
  const order = market.orders.find(({ shipTo }) => shipTo !== null)!;
  const carriers = createCarrierRegistry(simulatorCarriers({ baseUrl: carrierUrl, apiKey }));
  const wanted = {
    shipFrom: market.addresses[0]!.address,
    shipTo: order.shipTo!,
    parcel,
    declaredValue: { minor: 19_99, currency: 'USD' },
    shipDate,
    hasDangerousGoods: false,
    lines: [],
    labelFormat: 'ZPL203',
  } as const;
  const quote = await carriers.carrierById(carrierId)!.quote(wanted, { timeoutMs: 20_000 });
  await carriers.close();
  if (quote.kind !== 'quoted' || !quote.offers[0]) throw new Error(`no offer: ${quote.kind}`);
  return { offer: quote.offers[0], shipDate };
}

/** What the gateway does with a purchase: the intent and the message. */
export async function acceptLabel(
  tx: Transaction,
  { offer, shipDate }: LabelDesk,
  seller: SellerRow,
  no: number,
  at: Date,
): Promise<Answer> {
  const [order] = await tx.lock(OrderEntity, [orderId(seller.id, 'label', no)]);
  const skus = await tx.find(
    SkuEntity,
    order!.lines.map(({ sku }) => [seller.id, sku] as const),
  );
  const [shipFrom] = await tx.find(SellerAddressEntity, [seller.generalAddressId!]);
  const bySku = new Map(skus.map((sku) => [sku.sku, sku]));
  const shipment = { order: order!, parcel, skus: bySku, shipFromId: shipFrom!.id, shipDate, itn: null };
  const declaration = declareShipment(shipment, at);
  const labelId = newId<LabelId>('lbl');
  const intent = {
    labelId,
    parcelNo: 1,
    parcel,
    offer,
    quotedFor: { orderId: order!.id, parcelNo: 1 },
    format: 'ZPL203' as const,
    idempotencyKey: purchaseKey(carrierId, labelId),
  };
  const label = requestLabel(intent, { order: order!, labels: [], suspended: false }, at);
  if (!label.ok || !declaration.ok) throw new Error(JSON.stringify([label, declaration]));
  await tx.insert(LabelPurchaseEntity, [{ ...label.value, declaration: declaration.value }]);
  const operationId = await startOperation(tx, { kind: 'label', sellerId: seller.id, now: at }, [
    outgoing(buyLabel, { payload: { sellerId: seller.id, labelId }, sellerId: seller.id }),
  ]);
  return { operationId, labelId };
}
