import { Problem } from './problem.ts';
import type { Party, ShipmentOrder } from './shipment.ts';
import { zoneOf } from './zones.ts';

const filled = (text: string | undefined): boolean => text !== undefined && text.trim() !== '';

const isAddress = (party: Party): boolean =>
  filled(party.name) && filled(party.lines[0]) && filled(party.city) && /^[A-Z]{2}$/.test(party.country);

/** What a carrier looks at before it takes money; the first thing wrong is thrown. */
export function checkOrder(order: ShipmentOrder): void {
  if (!isAddress(order.from) || !isAddress(order.to) || !filled(order.from.phone)) throw new Problem('address');
  if (order.from.country !== 'US' || zoneOf(order.to.country) === undefined) throw new Problem('destination');
  const { weightGrams, lengthMm, widthMm, heightMm } = order.parcel;
  if (Math.min(weightGrams, lengthMm, widthMm, heightMm) < 1) throw new Problem('parcel');
  const declared = order.goods.every(
    (line) =>
      filled(line.description) &&
      /^\d{6,10}$/.test(line.hsCode) &&
      /^[A-Z]{2}$/.test(line.originCountry) &&
      Number.isInteger(line.quantity) &&
      line.quantity > 0 &&
      line.unitValueMinor > 0 &&
      line.unitWeightGrams > 0 &&
      line.currency === order.goods[0]?.currency,
  );
  if (order.goods.length === 0 || !declared || order.incoterm !== 'DDP') throw new Problem('customs');
}
