import type { Enquiry, Measures, Party, ShipmentOrder } from '../desk/shipment.ts';
import { rateRequest, shipRequest, type WirePackage, type WireParty } from './wire.ts';

const cents = (value: number): number => Math.round(value * 100);
const gramsOf = (ounces: number): number => Math.round(ounces * 28.349523125);
const millimetresOf = (inches: number): number => Math.round(inches * 25.4);

const measures = ({ PackageWeight, Dimensions }: WirePackage): Measures => ({
  weightGrams: gramsOf(PackageWeight.Weight),
  lengthMm: millimetresOf(Dimensions.Length),
  widthMm: millimetresOf(Dimensions.Width),
  heightMm: millimetresOf(Dimensions.Height),
});

const partyOf = ({ Name, Phone, Address }: WireParty): Party => ({
  name: Name,
  lines: Address.AddressLine,
  city: Address.City,
  state: Address.StateProvinceCode,
  postalCode: Address.PostalCode,
  country: Address.CountryCode,
  phone: Phone?.Number,
});

export function readEnquiry(body: unknown): Enquiry | undefined {
  const shipment = rateRequest.safeParse(body).data?.RateRequest.Shipment;
  return (
    shipment && {
      shipDate: shipment.ShipDate,
      fromCountry: shipment.Shipper.Address.CountryCode,
      toCountry: shipment.ShipTo.Address.CountryCode,
      toLines: shipment.ShipTo.Address.AddressLine,
      parcel: measures(shipment.Package),
      declaredMinor: cents(shipment.InvoiceLineTotal.MonetaryValue),
      hasDangerousGoods: shipment.HazMat === 'Y',
    }
  );
}

export function readOrder(body: unknown): ShipmentOrder | undefined {
  const request = shipRequest.safeParse(body).data?.ShipmentRequest;
  if (!request) return undefined;
  const { Shipment: shipment, LabelSpecification: label } = request;
  const forms = shipment.InternationalForms;
  return {
    reference: request.Request.TransactionReference.CustomerContext,
    serviceCode: shipment.Service.Code,
    offerToken: shipment.QuoteReference,
    shipDate: shipment.ShipDate,
    from: partyOf(shipment.Shipper),
    to: partyOf(shipment.ShipTo),
    parcel: measures(shipment.Package),
    goods: forms.Product.map((product) => ({
      description: product.Description,
      hsCode: product.CommodityCode,
      originCountry: product.OriginCountryCode,
      quantity: product.Unit.Number,
      unitValueMinor: cents(product.Unit.Value.MonetaryValue),
      currency: product.Unit.Value.CurrencyCode,
      unitWeightGrams: gramsOf(product.ProductWeight.Weight),
    })),
    image: { format: label.LabelImageFormat.Code, dpi: label.Resolution === '300' ? 300 : 203 },
    withInvoice: forms.FormRequested === 'Y',
    incoterm: forms.TermsOfShipment,
    recipientTaxId: shipment.ShipTo.TaxIdentificationNumber,
    exportFiling: forms.ExportFiling,
  };
}
