import type { Order } from '../order/order.ts';
import { accept, type Decision, type Refusal } from '../refusal/refusal.ts';
import { writtenParam } from '../refusal/writtenParam.ts';
import { labelRefusals } from './labelRefusals.ts';

/** What lies in a parcel: so many pieces of one line of the order. */
export interface ParcelContent {
  readonly lineId: string;
  readonly quantity: number;
}

/** A physical unit to ship, packed: whole grams and whole millimetres. */
export interface Parcel {
  readonly weightGrams: number;
  readonly lengthMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly contents: readonly ParcelContent[];
}

/** Beyond these no carrier of the programme takes a parcel; a service may allow less. */
export const PARCEL_MAX_GRAMS = 70_000;
export const PARCEL_MAX_SIDE_MM = 2_700;

const whole = (value: number, max: number): boolean => Number.isSafeInteger(value) && value >= 1 && value <= max;

/**
 * Weight and size within what can be shipped, contents within what was ordered and not yet packed elsewhere (R17).
 * `packedElsewhere`: contents of the order's other parcels that have a label. `field` points at the parcel.
 */
export function validateParcel(
  parcel: Parcel,
  order: Pick<Order, 'lines'>,
  packedElsewhere: readonly ParcelContent[] = [],
  field = '/parcel',
): Decision<Parcel> {
  const refusals: Refusal[] = [];
  if (!whole(parcel.weightGrams, PARCEL_MAX_GRAMS)) {
    refusals.push(labelRefusals.refusal('parcel.weight_invalid', `${field}/weightGrams`, { max: PARCEL_MAX_GRAMS }));
  }
  for (const side of ['lengthMm', 'widthMm', 'heightMm'] as const) {
    if (whole(parcel[side], PARCEL_MAX_SIDE_MM)) continue;
    refusals.push(labelRefusals.refusal('parcel.size_invalid', `${field}/${side}`, { max: PARCEL_MAX_SIDE_MM }));
  }
  refusals.push(...contentRefusals(parcel, order, packedElsewhere, field));
  return refusals.length > 0 ? { ok: false, refusals } : accept(parcel);
}

function contentRefusals(
  parcel: Parcel,
  order: Pick<Order, 'lines'>,
  packedElsewhere: readonly ParcelContent[],
  field: string,
): readonly Refusal[] {
  if (parcel.contents.length === 0) return [labelRefusals.refusal('parcel.empty', `${field}/contents`)];
  const packed = new Map<string, number>();
  for (const { lineId, quantity } of packedElsewhere) packed.set(lineId, (packed.get(lineId) ?? 0) + quantity);
  const refusals: Refusal[] = [];
  parcel.contents.forEach(({ lineId, quantity }, i) => {
    const line = order.lines.find((candidate) => candidate.lineId === lineId && candidate.accepted);
    if (!line) {
      refusals.push(
        labelRefusals.refusal('parcel.line_unknown', `${field}/contents/${i}/lineId`, {
          lineId: writtenParam(lineId, 40),
        }),
      );
      return;
    }
    const open = line.quantity - (packed.get(lineId) ?? 0);
    if (whole(quantity, Math.max(open, 0))) packed.set(lineId, (packed.get(lineId) ?? 0) + quantity);
    else
      refusals.push(
        labelRefusals.refusal('parcel.quantity_invalid', `${field}/contents/${i}/quantity`, { lineId, open }),
      );
  });
  return refusals;
}
