import type { z } from 'zod';
import type { Enquiry, Measures, Party, ShipmentOrder } from '../desk/shipment.ts';
import { ratesRequest, shipmentRequest } from './wire.ts';

const cents = (price: number): number => Math.round(price * 100);
const gramsOf = (kilograms: number): number => Math.round(kilograms * 1_000);
const millimetresOf = (centimetres: number): number => Math.round(centimetres * 10);

const measures = ([parcel]: z.infer<typeof ratesRequest>['packages']): Measures => ({
  weightGrams: gramsOf(parcel?.weight ?? 0),
  lengthMm: millimetresOf(parcel?.dimensions.length ?? 0),
  widthMm: millimetresOf(parcel?.dimensions.width ?? 0),
  heightMm: millimetresOf(parcel?.dimensions.height ?? 0),
});

const partyOf = ({
  postalAddress,
  contactInformation,
}: z.infer<typeof shipmentRequest>['customerDetails']['shipperDetails']): Party => ({
  name: contactInformation.fullName,
  lines: [postalAddress.addressLine1, postalAddress.addressLine2].filter((line) => line !== undefined),
  city: postalAddress.cityName,
  state: postalAddress.provinceCode,
  postalCode: postalAddress.postalCode,
  country: postalAddress.countryCode,
  phone: contactInformation.phone,
});

export function readEnquiry(body: unknown): Enquiry | undefined {
  const { data } = ratesRequest.safeParse(body);
  if (!data) return undefined;
  const { shipperDetails, receiverDetails } = data.customerDetails;
  return {
    shipDate: data.plannedShippingDate,
    fromCountry: shipperDetails.countryCode,
    toCountry: receiverDetails.countryCode,
    toLines: [receiverDetails.addressLine1, receiverDetails.addressLine2 ?? ''],
    parcel: measures(data.packages),
    declaredMinor: cents(data.declaredValue.price),
    hasDangerousGoods: data.hasDangerousGoods,
  };
}

export function readOrder(body: unknown): ShipmentOrder | undefined {
  const { data } = shipmentRequest.safeParse(body);
  if (!data) return undefined;
  const { content, customerDetails, outputImageProperties: image } = data;
  return {
    reference: data.customerReferences[0]?.value ?? '',
    serviceCode: data.productCode,
    offerToken: data.offerId,
    shipDate: data.plannedShippingDate,
    from: partyOf(customerDetails.shipperDetails),
    to: partyOf(customerDetails.receiverDetails),
    parcel: measures(content.packages),
    goods: content.exportDeclaration.lineItems.map((line) => ({
      description: line.description,
      hsCode: line.commodityCode,
      originCountry: line.manufacturerCountry,
      quantity: line.quantity.value,
      unitValueMinor: cents(line.price),
      currency: line.priceCurrency,
      unitWeightGrams: gramsOf(line.netWeight),
    })),
    image: { format: image.encodingFormat, dpi: image.printerDPI },
    withInvoice: image.invoiceRequested,
    incoterm: content.incoterm,
    recipientTaxId: customerDetails.receiverDetails.registrationNumbers?.[0]?.number,
    exportFiling: content.exportDeclaration.filing,
  };
}
