import type { PackedLabel } from '../label/labelPurchase.ts';
import { isBoughtLabel } from '../label/labelTransitions.ts';
import { labelByParcel } from '../label/packedParcels.ts';
import type { Order } from './order.ts';

/** Whether every accepted piece of an order lies in a parcel with a label bought here. */
export function isWhollyLabelled(order: Pick<Order, 'lines'>, labels: readonly PackedLabel[]): boolean {
  const packed = new Map<string, number>();
  for (const { parcel } of labelByParcel(labels.filter(isBoughtLabel)).values()) {
    for (const { lineId, quantity } of parcel.contents) packed.set(lineId, (packed.get(lineId) ?? 0) + quantity);
  }
  return order.lines.every((line) => !line.accepted || (packed.get(line.lineId) ?? 0) >= line.quantity);
}
