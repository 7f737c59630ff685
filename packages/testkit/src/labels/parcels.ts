import type { CustomsLine, Offer, PurchaseIntent, QuoteRequest } from '@ge/carriers';
import type { CountryCode, ExportData } from '@ge/domain';

/** A parcel of two shirts from Denver to Cologne, which everybody sends who needs very many purchases. */
export const shipFrom = {
  name: 'Blue Ridge Outfitters LLC',
  line1: '1200 Market Street',
  city: 'Denver',
  state: 'CO',
  postalCode: '80202',
  country: 'US',
  phone: '+1 303 555 0100',
};

export const shipTo = { name: 'Jörg Weiß', line1: 'Hauptstraße 5', city: 'Köln', postalCode: '50667', country: 'DE' };

export const parcel = { weightGrams: 1_250, lengthMm: 300, widthMm: 200, heightMm: 120 };
/** The same with the one piece that was ordered. */
export const packed = { ...parcel, contents: [{ lineId: '1', quantity: 1 }] };

export const lines: readonly CustomsLine[] = [
  {
    description: 'Cotton shirt',
    hsCode: '620520',
    originCountry: 'VN',
    quantity: 2,
    unitValue: { minor: 25_99, currency: 'USD' },
    unitWeightGrams: 250,
  },
];

/** What the seller says of the shirt. */
export const exportData: ExportData = {
  category: 'apparel',
  hsCode: '6205.20',
  originCountry: 'VN' as CountryCode,
  weightGrams: 250,
  value: { minor: 25_99, currency: 'USD' },
};

export const format = 'ZPL203';
export const exportFiling = 'NO EEI 30.37(a)';
export const shipDate = (): string => new Date().toISOString().slice(0, 10);

/** What is asked before it. */
export const enquiry = (): QuoteRequest => ({
  shipFrom,
  shipTo,
  parcel,
  declaredValue: { minor: 51_98, currency: 'USD' },
  shipDate: shipDate(),
  hasDangerousGoods: false,
  lines,
  labelFormat: format,
  exportFiling,
});

/** The one purchase that everybody makes, under an id of its own. */
export const purchaseOf = (intentId: string, offer: Pick<Offer, 'offerToken' | 'serviceId'>): PurchaseIntent => ({
  intentId,
  offerToken: offer.offerToken,
  serviceId: offer.serviceId,
  shipFrom,
  shipTo,
  parcel,
  lines,
  shipDate: shipDate(),
  labelFormat: format,
  withInvoice: false,
  exportFiling,
});
