import type { LabelId } from '../identity/ids.ts';
import { declareShipment, type ShipmentDeclaration } from '../label/declareShipment.ts';
import type { LabelPurchase, PackedLabel } from '../label/labelPurchase.ts';
import { requestLabel } from '../label/labelRequest.ts';
import { exactPrice } from '../label/priceTolerance.ts';
import { planShipment, type ShipmentBooks } from '../label/shipmentPlan.ts';
import type { ShippingOffer } from '../label/shippingOffer.ts';
import type { Order } from '../order/order.ts';
import { accept, type Decision } from '../refusal/refusal.ts';
import type { CalendarDate } from '../time/calendarDate.ts';
import type { LabelBatch, LabelBatchItem } from './labelBatch.ts';

/** The offer for an item, and the day of hand-over it was made for. */
export interface ItemOffer {
  readonly offer: ShippingOffer;
  readonly shipDate: CalendarDate;
}

/**
 * The label that an item asks for, judged anew at the moment it is asked for: the order may have been cancelled since, or its
 * destination suspended. An offer that ended meanwhile is taken, since it is quoted again before it is bought.
 */
export function orderBatchItem(
  item: Pick<LabelBatchItem, 'itn'> & {
    readonly parcelNo: number;
    readonly parcel: NonNullable<LabelBatchItem['parcel']>;
  },
  batch: Pick<LabelBatch, 'id' | 'format' | 'priceTolerance'>,
  wanted: ItemOffer & { readonly labelId: LabelId; readonly idempotencyKey: string },
  known: { readonly order: Order; readonly labels: readonly PackedLabel[]; readonly books: ShipmentBooks },
  now: Date,
): Decision<LabelPurchase & { readonly declaration: ShipmentDeclaration }> {
  const { parcelNo, parcel, itn } = item;
  const { order, labels } = known;
  const plan = planShipment({ order, labels, parcelNo, parcel }, known.books, now);
  if (!plan.ok) return plan;
  const declaration = declareShipment({ ...plan.value.facts, shipDate: wanted.shipDate, itn }, now);
  if (!declaration.ok) return declaration;
  const { labelId, offer, idempotencyKey } = wanted;
  const { id: batchId, format, priceTolerance } = batch;
  const label = requestLabel(
    {
      labelId,
      parcelNo,
      parcel,
      offer,
      quotedFor: { orderId: order.id, parcelNo },
      format,
      idempotencyKey,
      priceTolerance: priceTolerance ?? exactPrice,
      batchId,
    },
    { order, labels, suspended: plan.value.suspended },
    now,
  );
  return label.ok ? accept({ ...label.value, declaration: declaration.value }) : label;
}
