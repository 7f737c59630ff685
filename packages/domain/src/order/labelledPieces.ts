import type { LabelPurchase } from '../label/labelPurchase.ts';
import { isBoughtLabel } from '../label/labelTransitions.ts';
import type { Order } from './order.ts';

/**
 * Whether every accepted piece of an order lies in a parcel with a label bought here. Of two labels of one parcel, which a
 * refused void leaves, the later one says what is in it.
 */
export function isWhollyLabelled(order: Pick<Order, 'lines'>, labels: readonly LabelPurchase[]): boolean {
  const parcels = new Map<number, LabelPurchase>();
  for (const label of labels.filter(isBoughtLabel)) {
    const other = parcels.get(label.parcelNo);
    if (!other || other.createdAt.getTime() <= label.createdAt.getTime()) parcels.set(label.parcelNo, label);
  }
  const packed = new Map<string, number>();
  for (const { parcel } of parcels.values()) {
    for (const { lineId, quantity } of parcel.contents) packed.set(lineId, (packed.get(lineId) ?? 0) + quantity);
  }
  return order.lines.every((line) => !line.accepted || (packed.get(line.lineId) ?? 0) >= line.quantity);
}
