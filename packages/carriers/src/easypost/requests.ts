import { type Address, formatAmount, type LabelFormat } from '@ge/domain';
import type { CustomsLine, PurchaseIntent, QuoteRequest } from '../port/shipment.ts';
import { imageFormatOf } from '../wire/imageFormat.ts';
import { inches, ounces } from '../wire/units.ts';

/** What the quote and the purchase of a parcel both know, and so what a quoted shipment can be compared with. */
type Declared = Pick<
  PurchaseIntent & QuoteRequest,
  'shipFrom' | 'shipTo' | 'parcel' | 'lines' | 'shipDate' | 'labelFormat' | 'exportFiling' | 'recipientTaxId'
>;

const place = (address: Address) => ({
  name: address.name,
  street1: address.line1,
  street2: address.line2 || undefined,
  city: address.city,
  state: address.state || undefined,
  zip: address.postalCode || undefined,
  country: address.country,
  phone: address.phone || undefined,
  email: address.email || undefined,
});

/** Lines are declared as a whole, to the thousandth of an ounce and never more than they weigh: together they fit the parcel. */
const customsItem = (line: CustomsLine) => ({
  description: line.description,
  quantity: line.quantity,
  value: Number(formatAmount({ ...line.unitValue, minor: line.unitValue.minor * line.quantity })),
  currency: line.unitValue.currency,
  weight: thousandths((line.unitWeightGrams * line.quantity) / GRAMS_PER_OUNCE),
  hs_tariff_number: line.hsCode,
  origin_country: line.originCountry,
});

const GRAMS_PER_OUNCE = 28.349523125;
const thousandths = (value: number): number => Math.max(1, Math.floor(value * 1_000)) / 1_000;

/** The exemption legend without its space, and an ITN with the name of the system that gave it. */
const filing = (proof: string | undefined): string | undefined =>
  proof && (proof.startsWith('X') ? `AES ${proof}` : proof.replace(/^NO EEI/, 'NOEEI'));

const labelFormatFor = (format: LabelFormat): string => imageFormatOf(format).image;

/**
 * Everything EasyPost is told of a parcel, all of it when it is quoted: what is bought later is this shipment and no other.
 * Property order is part of the hash that binds the two: it is fixed by writing it out.
 */
export const easypostShipment = (declared: Declared) => ({
  from_address: place(declared.shipFrom),
  to_address: { ...place(declared.shipTo), federal_tax_id: declared.recipientTaxId || undefined },
  parcel: {
    length: inches(declared.parcel.lengthMm),
    width: inches(declared.parcel.widthMm),
    height: inches(declared.parcel.heightMm),
    weight: ounces(declared.parcel.weightGrams),
  },
  customs_info: {
    contents_type: 'merchandise',
    customs_certify: true,
    customs_signer: declared.shipFrom.name,
    non_delivery_option: 'return',
    restriction_type: 'none',
    eel_pfc: filing(declared.exportFiling),
    customs_items: declared.lines.map(customsItem),
  },
  options: {
    label_format: labelFormatFor(declared.labelFormat),
    label_size: '4x6',
    label_date: `${declared.shipDate}T12:00:00Z`,
    incoterm: 'DDP',
    currency: 'USD',
  },
});
