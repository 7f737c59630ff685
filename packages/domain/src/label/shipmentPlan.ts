import type { Address } from '../address/address.ts';
import { filingProof } from '../eligibility/exportFiling.ts';
import type { AddressId, OrderId, SellerId, SkuCode, TemplateId } from '../identity/ids.ts';
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
import {
  type CustomsLine,
  goodsOf,
  type ParcelCustoms,
  parcelCustoms,
  type ShipmentFacts,
  shipFromOf,
} from './declareShipment.ts';
import { handOverRefusals } from './handOver.ts';
import type { LabelFormat, PackedLabel } from './labelPurchase.ts';
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

/** The same with what a carrier must know already that keeps what it quoted. */
export interface LabelEnquiry extends ShipmentEnquiry {
  readonly lines: readonly CustomsLine[];
  readonly labelFormat: LabelFormat;
  /** Absent as long as an ITN is missing. */
  readonly exportFiling?: string | undefined;
  /** Order and parcel, as people look for them at the carrier. */
  readonly orderReference: string;
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

/** What carriers are asked for a label of a planned parcel in this format, with this proof of filing. */
export function labelEnquiry(
  { enquiry, customs }: Pick<ShipmentPlan, 'enquiry' | 'customs'>,
  wanted: {
    readonly orderId: OrderId;
    readonly parcelNo: number;
    readonly format: LabelFormat;
    readonly itn: string | null;
  },
): LabelEnquiry {
  const proof = filingProof(customs.filing, wanted.itn);
  return {
    ...enquiry,
    lines: customs.lines,
    labelFormat: wanted.format,
    ...(proof.ok && { exportFiling: proof.value }),
    orderReference: orderReference(wanted),
  };
}

export const orderReference = ({
  orderId,
  parcelNo,
}: {
  readonly orderId: OrderId;
  readonly parcelNo: number;
}): string => `${orderId}/${parcelNo}`;

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
