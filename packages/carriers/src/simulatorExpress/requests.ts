import { type Address, formatAmount, type Money } from '@ge/domain';
import type { ParcelMeasures, PurchaseIntent, QuoteRequest } from '../port/shipment.ts';
import { imageFormatOf } from '../wire/imageFormat.ts';
import { centimetres, kilograms } from '../wire/units.ts';

const price = (money: Money) => ({ price: Number(formatAmount(money)), priceCurrency: money.currency });

const party = (address: Address) => ({
  postalAddress: {
    addressLine1: address.line1,
    addressLine2: address.line2 || undefined,
    cityName: address.city,
    provinceCode: address.state || undefined,
    postalCode: address.postalCode || undefined,
    countryCode: address.country,
  },
  contactInformation: {
    fullName: address.name,
    phone: address.phone || undefined,
    email: address.email || undefined,
  },
});

const packageOf = (parcel: ParcelMeasures) => ({
  weight: kilograms(parcel.weightGrams),
  dimensions: {
    length: centimetres(parcel.lengthMm),
    width: centimetres(parcel.widthMm),
    height: centimetres(parcel.heightMm),
  },
});

export const expressRatesBody = (request: QuoteRequest) => ({
  plannedShippingDate: request.shipDate,
  customerDetails: {
    shipperDetails: party(request.shipFrom).postalAddress,
    receiverDetails: party(request.shipTo).postalAddress,
  },
  packages: [packageOf(request.parcel)],
  isCustomsDeclarable: true,
  declaredValue: price(request.declaredValue),
  hasDangerousGoods: request.hasDangerousGoods,
});

/** Property order is part of the bytes, and so of the hash: it is fixed by writing it out. */
export function expressShipmentBody(intent: PurchaseIntent) {
  const { image, dpi } = imageFormatOf(intent.labelFormat);
  return {
    plannedShippingDate: intent.shipDate,
    productCode: intent.serviceId,
    offerId: intent.offerToken,
    customerReferences: [{ typeCode: 'CU', value: intent.intentId }],
    customerDetails: {
      shipperDetails: party(intent.shipFrom),
      receiverDetails: {
        ...party(intent.shipTo),
        registrationNumbers: intent.recipientTaxId ? [{ typeCode: 'PID', number: intent.recipientTaxId }] : undefined,
      },
    },
    content: {
      packages: [packageOf(intent.parcel)],
      isCustomsDeclarable: true,
      incoterm: 'DDP',
      exportDeclaration: {
        filing: intent.exportFiling || undefined,
        lineItems: intent.lines.map((line, i) => ({
          number: i + 1,
          description: line.description,
          ...price(line.unitValue),
          quantity: { value: line.quantity, unitOfMeasurement: 'PCS' },
          commodityCode: line.hsCode,
          manufacturerCountry: line.originCountry,
          netWeight: kilograms(line.unitWeightGrams),
        })),
      },
    },
    outputImageProperties: { encodingFormat: image, printerDPI: dpi, invoiceRequested: intent.withInvoice },
  };
}
