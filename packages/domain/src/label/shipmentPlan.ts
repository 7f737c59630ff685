import type { Address } from '../address/address.ts';
import type { AddressId, SellerId, SkuCode, TemplateId } from '../identity/ids.ts';
import type { Money } from '../money/money.ts';
import type { Order } from '../order/order.ts';
import { accept, type Decision, refuse } from '../refusal/refusal.ts';
import type { ActiveSuspension } from '../region/applySuspensions.ts';
import { isSuspended } from '../region/suspendDestination.ts';
import type { Seller } from '../seller/seller.ts';
import type { Sku } from '../sku/sku.ts';
import type { ShippingTemplate } from '../template/shippingTemplate.ts';
import { templateRefusals } from '../template/templateRefusals.ts';
import { addBusinessDays } from '../time/businessDays.ts';
import { calendarDateIn } from '../time/dayIn.ts';
import { goodsOf, type ParcelCustoms, parcelCustoms, type ShipmentFacts, shipFromOf } from './declareShipment.ts';
import { handOverRefusals } from './handOver.ts';
import type { PackedLabel } from './labelPurchase.ts';
import { labelOrderRefusals } from './labelRequest.ts';
import { packedElsewhere } from './packedParcels.ts';
import { type Parcel, validateParcel } from './parcel.ts';

/** What is known beside the orders themselves, for any number of them. */
export interface ShipmentBooks {
  readonly suspensions: readonly ActiveSuspension[];
  readonly sellers: ReadonlyMap<SellerId, Pick<Seller, 'generalAddressId' | 'timeZone'>>;
  readonly skus: ReadonlyMap<SellerId, ReadonlyMap<SkuCode, Pick<Sku, 'title' | 'exportData'>>>;
  readonly templates: ReadonlyMap<TemplateId, Pick<ShippingTemplate, 'shipFrom'>>;
  readonly addresses: ReadonlyMap<AddressId, { readonly sellerId: SellerId; readonly address: Address }>;
}

/** What a carrier is asked about a parcel. Addresses are personal data. */
export interface ShipmentEnquiry {
  readonly shipFrom: Address;
  readonly shipTo: Address;
  readonly parcel: Omit<Parcel, 'contents'>;
  readonly declaredValue: Money;
  readonly shipDate: string;
  readonly hasDangerousGoods: boolean;
}

/** A parcel that may be shipped. */
export interface ShipmentPlan {
  readonly suspended: boolean;
  readonly facts: Omit<ShipmentFacts, 'itn'>;
  readonly customs: ParcelCustoms;
  readonly enquiry: ShipmentEnquiry;
}

/** A parcel of an order, with the labels the order has. */
export interface ParcelToShip {
  readonly order: Order;
  readonly labels: readonly PackedLabel[];
  readonly parcelNo: number;
  readonly parcel: Parcel;
}

/** Judges what is to be shipped (R5, R13, R17), and puts together what carriers and customs are told of it. */
export function planShipment(
  { order, labels, parcelNo, parcel }: ParcelToShip,
  books: ShipmentBooks,
  now: Date,
): Decision<ShipmentPlan> {
  const suspended = isSuspended(order.destination, books.suspensions);
  const packed = validateParcel(parcel, order, packedElsewhere(labels, parcelNo));
  const refusals = [...labelOrderRefusals({ order, suspended }), ...(packed.ok ? [] : packed.refusals)];
  if (refusals.length > 0 || order.shipTo === null) return refuse(...refusals);

  const packedLines = new Set(parcel.contents.map(({ lineId }) => lineId));
  const lines = order.lines.filter(({ lineId }) => packedLines.has(lineId));
  const seller = books.sellers.get(order.sellerId) ?? null;
  const start = startOf(order.sellerId, lines[0]?.templateId ?? null, seller, books);
  if (!start.ok) return start;
  const { shipFromId, shipFrom } = start.value;
  const goods = goodsOf(lines, books.skus.get(order.sellerId) ?? new Map());
  const shipDate = addBusinessDays(calendarDateIn(seller!.timeZone, now), 0);
  const facts = { order, parcel, skus: goods, shipFromId, shipDate };
  const customs = parcelCustoms(facts, now);
  if (!customs.ok) return customs;
  const { contents: _, ...measures } = parcel;
  const enquiry: ShipmentEnquiry = {
    shipFrom,
    shipTo: order.shipTo,
    parcel: measures,
    declaredValue: customs.value.value,
    shipDate,
    hasDangerousGoods: [...goods.values()].some(({ exportData }) => Boolean(exportData?.dangerousGoods)),
  };
  return accept({ suspended, facts, customs: customs.value, enquiry });
}

/** Where the parcel starts, if a carrier would take it over there. */
function startOf(
  sellerId: SellerId,
  templateId: TemplateId | null,
  seller: Pick<Seller, 'generalAddressId'> | null,
  { templates, addresses }: ShipmentBooks,
): Decision<{ readonly shipFromId: AddressId; readonly shipFrom: Address }> {
  const template = (templateId && templates.get(templateId)) ?? null;
  const shipFromId = seller && shipFromOf(template, seller);
  const kept = shipFromId ? addresses.get(shipFromId) : undefined;
  if (!shipFromId || kept?.sellerId !== sellerId) {
    return refuse(templateRefusals.refusal('template.ship_from_missing', ''));
  }
  const refusals = handOverRefusals(kept.address);
  return refusals.length > 0 ? refuse(...refusals) : accept({ shipFromId, shipFrom: kept.address });
}
