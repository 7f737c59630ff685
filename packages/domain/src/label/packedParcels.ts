import type { PackedLabel } from './labelPurchase.ts';
import { isActiveLabel, isBoughtLabel } from './labelTransitions.ts';
import type { ParcelContent } from './parcel.ts';

/** The label that says what lies in each parcel: of two, which a refused void leaves, the later one. */
export function labelByParcel(labels: readonly PackedLabel[]): ReadonlyMap<number, PackedLabel> {
  const parcels = new Map<number, PackedLabel>();
  for (const label of labels) {
    const other = parcels.get(label.parcelNo);
    if (!other || other.createdAt.getTime() <= label.createdAt.getTime()) parcels.set(label.parcelNo, label);
  }
  return parcels;
}

/**
 * What lies in the order's other parcels and cannot be packed here (R17): they have a label, or may yet turn out to. A label
 * being voided counts until it is: should the carrier refuse, its parcel is still there.
 */
export const packedElsewhere = (labels: readonly PackedLabel[], parcelNo: number): readonly ParcelContent[] =>
  [...labelByParcel(labels.filter((label) => isActiveLabel(label) || isBoughtLabel(label))).values()]
    .filter((label) => label.parcelNo !== parcelNo)
    .flatMap((label) => label.parcel.contents);
