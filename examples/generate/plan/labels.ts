import type { OrderPlan } from './orderDesk.ts';
import { labelled } from './orders.ts';

export type LabelFormat = 'PDF' | 'PNG' | 'ZPL203' | 'ZPL300';

/** A parcel of an order and the label wanted for it. */
export interface LabelRecord {
  readonly sellerId: string;
  readonly orderId: string;
  readonly parcelNo: number;
  readonly parcel: {
    readonly weightGrams: number;
    readonly lengthMm: number;
    readonly widthMm: number;
    readonly heightMm: number;
    readonly contents: readonly { readonly lineId: string; readonly quantity: number }[];
  };
  readonly format: LabelFormat;
}

const formats: readonly LabelFormat[] = ['PDF', 'PDF', 'PNG', 'ZPL203', 'ZPL300'];

/** Packing material, in grams. */
const PACKING = 150;

/** Everything that was taken of the order in one parcel. */
function labelOf({ record, lines }: OrderPlan, turn: number): LabelRecord {
  const packed = lines.filter(({ refusedWith }) => refusedWith === null);
  const weightGrams = packed.reduce((sum, line) => sum + line.grams * line.record.quantity, PACKING);
  const large = weightGrams > 4000;
  return {
    sellerId: record.sellerId,
    orderId: record.id,
    parcelNo: 1,
    parcel: {
      weightGrams,
      lengthMm: large ? 480 : 300,
      widthMm: large ? 360 : 220,
      heightMm: large ? 280 : 120,
      contents: packed.map((line) => ({ lineId: line.record.lineId, quantity: line.record.quantity })),
    },
    format: formats[turn % formats.length]!,
  };
}

/** Labels bought while trading. */
export const planLabels = (orders: readonly OrderPlan[]): readonly LabelRecord[] =>
  orders.filter(labelled).map(labelOf);

/** Pending orders of sellers who have left can still get a label; these two do. */
export const planLabelsAfterLeaving = (orders: readonly OrderPlan[]): readonly LabelRecord[] =>
  orders
    .filter(({ purpose }) => purpose === 'leaver_pending')
    .slice(0, 2)
    .map(labelOf);
