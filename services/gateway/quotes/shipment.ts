import { isDeepStrictEqual } from 'node:util';
import { type OrderRow, packedLabelsOf, readShipmentBooks, type Transaction } from '@ge/database';
import { type Address, type PackedLabel, type Parcel, planShipment, type ShipmentPlan } from '@ge/domain';
import { decided, HttpRefusal } from '../http/refused.ts';

/** A parcel that may be shipped, with everything a carrier and customs are told of it. Holds personal data. */
export interface Shipment extends ShipmentPlan {
  readonly order: OrderRow;
  readonly labels: readonly PackedLabel[];
}

/** Reads and judges what is to be shipped (R5, R13, R17); each table is read once. Throws Refused with every reason. */
export async function readShipment(
  tx: Transaction,
  order: OrderRow,
  { parcelNo, parcel }: { readonly parcelNo: number; readonly parcel: Parcel },
  now: Date,
): Promise<Shipment> {
  const labels = await packedLabelsOf(tx, [order.id]);
  const books = await readShipmentBooks(tx, [order]);
  return { order, labels, ...decided(planShipment({ order, labels, parcelNo, parcel }, books, now)) };
}

/** Throws `http.conflict` where the order goes elsewhere now than what carriers were asked about. */
export function checkSameAddress(order: Pick<OrderRow, 'shipTo'>, asked: Address | null): void {
  if (!isDeepStrictEqual(order.shipTo, asked)) throw new HttpRefusal('http.conflict');
}
