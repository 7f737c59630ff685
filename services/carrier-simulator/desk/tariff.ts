import type { CarrierService } from './services.ts';
import type { Enquiry, Measures } from './shipment.ts';
import { type Zone, zoneOf } from './zones.ts';

export type Rejection = 'coverage' | 'weight' | 'size' | 'po_box' | 'dangerous_goods' | 'value';

const PO_BOX = /\bp\.?\s*o\.?\s*box\b|\bpost\s*office\s*box\b|\bpostfach\b|\bapartado\b|私書箱|邮政信箱/i;

/** Why the service does not take the parcel; undefined when it does. */
export function rejection(service: CarrierService, enquiry: Enquiry): Rejection | undefined {
  const zone = zoneOf(enquiry.toCountry);
  if (enquiry.fromCountry !== 'US' || zone === undefined || !service.price[zone]) return 'coverage';
  if (enquiry.hasDangerousGoods) return 'dangerous_goods';
  if (!service.acceptsPoBox && enquiry.toLines.some((line) => PO_BOX.test(line))) return 'po_box';
  const { weightGrams, lengthMm, widthMm, heightMm } = enquiry.parcel;
  if (weightGrams > service.maxWeightGrams) return 'weight';
  if (Math.max(lengthMm, widthMm, heightMm) > service.maxSideMm) return 'size';
  return enquiry.declaredMinor > service.maxDeclaredMinor ? 'value' : undefined;
}

/** What is billed: the weight, or 200 kg per cubic metre where the parcel is bulky. */
const chargeableGrams = ({ weightGrams, lengthMm, widthMm, heightMm }: Measures): number =>
  Math.max(weightGrams, Math.ceil((lengthMm * widthMm * heightMm) / 5_000));

/** Cents for a parcel that the service takes. */
export function priceMinor(service: CarrierService, zone: Zone, parcel: Measures): number {
  const [base, step] = service.price[zone] ?? [0, 0];
  return base + step * (Math.ceil(chargeableGrams(parcel) / 500) - 1);
}

/** The day so many working days after another. */
export function addWorkingDays(day: string, count: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  for (let left = count; left > 0; ) {
    date.setUTCDate(date.getUTCDate() + 1);
    if (date.getUTCDay() % 6 !== 0) left--;
  }
  return date.toISOString().slice(0, 10);
}
