import type { Enquiry, Measures, Party, ShipmentOrder } from '../desk/shipment.ts';
import type { ShipmentRequest, WireAddress } from './wire.ts';

const cents = (value: number): number => Math.round(value * 100);
const gramsOf = (ounces: number): number => Math.round(ounces * 28.349523125);
const millimetresOf = (inches: number): number => Math.round(inches * 25.4);

const measures = ({ parcel }: ShipmentRequest): Measures => ({
  weightGrams: gramsOf(parcel.weight),
  lengthMm: millimetresOf(parcel.length),
  widthMm: millimetresOf(parcel.width),
  heightMm: millimetresOf(parcel.height),
});

const partyOf = ({ name, street1, street2, city, state, zip, country, phone }: WireAddress): Party => ({
  name,
  lines: [street1, street2].filter((line) => line !== undefined),
  city,
  state,
  postalCode: zip,
  country,
  phone,
});

const shipDateOf = ({ options }: ShipmentRequest): string => options.label_date.slice(0, 10);

export const enquiryOf = (shipment: ShipmentRequest): Enquiry => ({
  shipDate: shipDateOf(shipment),
  fromCountry: shipment.from_address.country,
  toCountry: shipment.to_address.country,
  toLines: [shipment.to_address.street1, shipment.to_address.street2 ?? ''],
  parcel: measures(shipment),
  declaredMinor: shipment.customs_info.customs_items.reduce((sum, { value }) => sum + cents(value), 0),
  hasDangerousGoods: false,
});

/** What is bought once one of the rates is: everything was said with the quote. */
export const orderOf = (
  shipment: ShipmentRequest,
  bought: Pick<ShipmentOrder, 'reference' | 'serviceCode' | 'offerToken'>,
): ShipmentOrder => ({
  ...bought,
  shipDate: shipDateOf(shipment),
  from: partyOf(shipment.from_address),
  to: partyOf(shipment.to_address),
  parcel: measures(shipment),
  goods: shipment.customs_info.customs_items.map((item) => ({
    description: item.description,
    hsCode: item.hs_tariff_number,
    originCountry: item.origin_country,
    quantity: item.quantity,
    unitValueMinor: Math.round(cents(item.value) / item.quantity),
    currency: item.currency,
    unitWeightGrams: gramsOf(item.weight) / item.quantity,
  })),
  image: { format: shipment.options.label_format, dpi: 203 },
  withInvoice: false,
  incoterm: shipment.options.incoterm ?? '',
  recipientTaxId: shipment.to_address.federal_tax_id,
  exportFiling: shipment.customs_info.eel_pfc,
});
