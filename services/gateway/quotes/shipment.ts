import { isDeepStrictEqual } from 'node:util';
import type { QuoteRequest } from '@ge/carriers';
import {
  type LabelRow,
  labelsOfOrders,
  type OrderRow,
  readSuspensions,
  SellerAddressEntity,
  ShippingTemplateEntity,
  SkuEntity,
  type Transaction,
} from '@ge/database';
import {
  type Address,
  addBusinessDays,
  calendarDateIn,
  goodsOf,
  handOverRefusals,
  isSuspended,
  labelOrderRefusals,
  type Parcel,
  type ParcelCustoms,
  packedElsewhere,
  parcelCustoms,
  type ShipmentFacts,
  shipFromOf,
  templateRefusals,
  validateParcel,
} from '@ge/domain';
import { decided, HttpRefusal, Refused } from '../http/refused.ts';
import { readSeller } from '../sellers/lockSeller.ts';

/** A parcel that may be shipped, with everything a carrier and customs are told of it. Holds personal data. */
export interface Shipment {
  readonly order: OrderRow;
  readonly labels: readonly LabelRow[];
  readonly suspended: boolean;
  readonly facts: Omit<ShipmentFacts, 'itn'>;
  readonly customs: ParcelCustoms;
  readonly request: QuoteRequest;
}

/** Reads and judges what is to be shipped (R5, R13, R17); each table is read once. Throws Refused with every reason. */
export async function readShipment(
  tx: Transaction,
  order: OrderRow,
  { parcelNo, parcel }: { readonly parcelNo: number; readonly parcel: Parcel },
  now: Date,
): Promise<Shipment> {
  const labels = await labelsOfOrders(tx, [order.id]);
  const { active } = await readSuspensions(tx);
  const suspended = isSuspended(order.destination, active);
  const packed = validateParcel(parcel, order, packedElsewhere(labels, parcelNo));
  const refusals = [...labelOrderRefusals({ order, suspended }), ...(packed.ok ? [] : packed.refusals)];
  if (refusals.length > 0 || order.shipTo === null) throw new Refused(refusals);

  const lines = order.lines.filter((line) => parcel.contents.some(({ lineId }) => lineId === line.lineId));
  const skus = await tx.find(
    SkuEntity,
    [...new Set(lines.map(({ sku }) => sku))].map((sku) => [order.sellerId, sku] as const),
  );
  const goods = goodsOf(lines, new Map(skus.map((row) => [row.sku, row])));
  const seller = await readSeller(tx, order.sellerId);
  const { shipFromId, shipFrom } = await startOf(tx, order, lines[0]?.templateId ?? null, seller);
  const shipDate = addBusinessDays(calendarDateIn(seller.timeZone, now), 0);
  const facts = { order, parcel, skus: goods, shipFromId, shipDate };
  const customs = decided(parcelCustoms(facts, now));
  const { contents: _, ...measures } = parcel;
  const request: QuoteRequest = {
    shipFrom,
    shipTo: order.shipTo,
    parcel: measures,
    declaredValue: customs.value,
    shipDate,
    hasDangerousGoods: [...goods.values()].some(({ exportData }) => Boolean(exportData?.dangerousGoods)),
  };
  return { order, labels, suspended, facts, customs, request };
}

async function startOf(
  tx: Transaction,
  order: OrderRow,
  templateId: OrderRow['lines'][number]['templateId'],
  seller: Parameters<typeof shipFromOf>[1],
): Promise<{ readonly shipFromId: ShipmentFacts['shipFromId']; readonly shipFrom: Address }> {
  const [template = null] = templateId ? await tx.find(ShippingTemplateEntity, [templateId]) : [];
  const shipFromId = shipFromOf(template, seller);
  const [address] = shipFromId ? await tx.find(SellerAddressEntity, [shipFromId]) : [];
  if (!shipFromId || address?.sellerId !== order.sellerId) {
    throw new Refused([templateRefusals.refusal('template.ship_from_missing', '')]);
  }
  const refusals = handOverRefusals(address.address);
  if (refusals.length > 0) throw new Refused(refusals);
  return { shipFromId, shipFrom: address.address };
}

/** Throws `http.conflict` where the order goes elsewhere now than what carriers were asked about. */
export function checkSameAddress(order: Pick<OrderRow, 'shipTo'>, asked: Address | null): void {
  if (!isDeepStrictEqual(order.shipTo, asked)) throw new HttpRefusal('http.conflict');
}
