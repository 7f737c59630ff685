import { type Address, formatAmount, type Money } from '@ge/domain';
import type { ParcelMeasures, PurchaseIntent, QuoteRequest } from '../port/shipment.ts';
import { compactDay } from '../wire/day.ts';
import { imageFormatOf } from '../wire/imageFormat.ts';
import { inches, ounces } from '../wire/units.ts';

const amount = (money: Money) => ({ CurrencyCode: money.currency, MonetaryValue: formatAmount(money) });

const place = (address: Address) => ({
  AddressLine: [address.line1, address.line2].filter((line) => line !== undefined && line !== ''),
  City: address.city,
  StateProvinceCode: address.state || undefined,
  PostalCode: address.postalCode || undefined,
  CountryCode: address.country,
});

const party = (address: Address) => ({
  Name: address.name,
  Phone: address.phone ? { Number: address.phone } : undefined,
  EMailAddress: address.email || undefined,
  Address: place(address),
});

const packageOf = (parcel: ParcelMeasures) => ({
  PackageWeight: { UnitOfMeasurement: { Code: 'OZS' }, Weight: ounces(parcel.weightGrams).toFixed(1) },
  Dimensions: {
    UnitOfMeasurement: { Code: 'IN' },
    Length: inches(parcel.lengthMm).toFixed(1),
    Width: inches(parcel.widthMm).toFixed(1),
    Height: inches(parcel.heightMm).toFixed(1),
  },
});

export const parcelRateBody = (request: QuoteRequest) => ({
  RateRequest: {
    Shipment: {
      ShipDate: compactDay(request.shipDate),
      Shipper: { Address: place(request.shipFrom) },
      ShipTo: { Address: place(request.shipTo) },
      Package: packageOf(request.parcel),
      InvoiceLineTotal: amount(request.declaredValue),
      HazMat: request.hasDangerousGoods ? 'Y' : 'N',
    },
  },
});

/** Property order is part of the bytes, and so of the hash: it is fixed by writing it out. */
export function parcelShipBody(intent: PurchaseIntent) {
  const { image, dpi } = imageFormatOf(intent.labelFormat);
  return {
    ShipmentRequest: {
      Request: { TransactionReference: { CustomerContext: intent.intentId } },
      Shipment: {
        ShipDate: compactDay(intent.shipDate),
        Service: { Code: intent.serviceId },
        QuoteReference: intent.offerToken,
        Shipper: party(intent.shipFrom),
        ShipTo: { ...party(intent.shipTo), TaxIdentificationNumber: intent.recipientTaxId || undefined },
        Package: packageOf(intent.parcel),
        InternationalForms: {
          FormType: '01',
          FormRequested: intent.withInvoice ? 'Y' : 'N',
          TermsOfShipment: 'DDP',
          ReasonForExport: 'SALE',
          ExportFiling: intent.exportFiling || undefined,
          Product: intent.lines.map((line) => ({
            Description: line.description,
            CommodityCode: line.hsCode,
            OriginCountryCode: line.originCountry,
            Unit: { Number: String(line.quantity), Value: amount(line.unitValue) },
            ProductWeight: { UnitOfMeasurement: { Code: 'OZS' }, Weight: ounces(line.unitWeightGrams).toFixed(1) },
          })),
        },
      },
      LabelSpecification: { LabelImageFormat: { Code: image }, Resolution: String(dpi) },
    },
  };
}
