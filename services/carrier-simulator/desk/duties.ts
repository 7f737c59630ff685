import type { ShipmentOrder } from './shipment.ts';
import { type Zone, zoneOf } from './zones.ts';

/** Duty and tax together, in hundredths of a percent of the goods' value. */
const rates: Readonly<Record<Zone, number>> = { 1: 800, 2: 2_000, 3: 1_900, 4: 1_200, 5: 1_600, 6: 1_000 };
const LEAST = 50;

/** Cents that are due where the parcel enters the country; never nothing, since clearing it costs something. */
export function dutyMinor({ goods, to }: Pick<ShipmentOrder, 'goods' | 'to'>): number {
  const value = goods.reduce((sum, line) => sum + line.unitValueMinor * line.quantity, 0);
  return Math.max(LEAST, Math.round((value * rates[zoneOf(to.country) ?? 6]) / 10_000));
}
