import {
  type CommercialInvoice,
  type LabelContent,
  renderCommercialInvoicePdf,
  renderLabelPdf,
  renderLabelPng,
  renderLabelZpl,
} from '@ge/rendering';
import { serviceNamed } from '../desk/services.ts';
import type { ImageFormat, Party } from '../desk/shipment.ts';
import { gs1CheckDigit } from '../desk/trackingNumbers.ts';
import type { Charge } from '../ledger/entries.ts';

export interface ShipmentDocuments {
  readonly label: { readonly format: ImageFormat; readonly dpi: 203 | 300; readonly bytes: Uint8Array };
  readonly invoice: Uint8Array | undefined;
}

const NOTICE = 'SIMULATED LABEL - NOT VALID FOR SHIPMENT';
const printedNames = { express: 'SIM EXPRESS', parcel: 'SIM PARCEL', easypost: 'SIM EASYPOST' } as const;

/** Prints the documents of charges. */
export type Printer = (charge: Charge) => Promise<ShipmentDocuments>;

/**
 * Gives the documents of the first charge of their kind to all that follow, so that a load is not one on the printer. They
 * are whole and of the format asked for, and name another parcel.
 */
export function preparedDocuments(): Printer {
  const prepared = new Map<string, Promise<ShipmentDocuments>>();
  return (charge) => {
    const { image, withInvoice } = charge.order;
    const kind = [charge.carrier, image.format, image.dpi, withInvoice].join();
    let documents = prepared.get(kind);
    if (!documents) {
      documents = shipmentDocuments(charge);
      prepared.set(kind, documents);
    }
    return documents;
  };
}

/** Prints what belongs to a charge; the same bytes however often it is asked for. */
export async function shipmentDocuments(charge: Charge): Promise<ShipmentDocuments> {
  const { order } = charge;
  const settings = { createdAt: charge.at };
  return {
    label: { ...order.image, bytes: await labelBytes(charge) },
    invoice: order.withInvoice ? await renderCommercialInvoicePdf(invoiceOf(charge), settings) : undefined,
  };
}

async function labelBytes(charge: Charge): Promise<Uint8Array> {
  const { format, dpi } = charge.order.image;
  const content = labelOf(charge);
  if (format === 'PDF') return renderLabelPdf(content, { createdAt: charge.at });
  return format === 'PNG' ? renderLabelPng(content, dpi) : renderLabelZpl(content, dpi);
}

const addressOf = (party: Party) => ({
  name: party.name,
  line1: party.lines[0] ?? '',
  line2: party.lines.slice(1).join(', ') || undefined,
  city: party.city,
  state: party.state,
  postalCode: party.postalCode,
  country: party.country,
  phone: party.phone,
});

function labelOf(charge: Charge): LabelContent {
  const { order } = charge;
  const serial = `0081000024${String(charge.seq).padStart(7, '0').slice(-7)}`;
  return {
    carrierName: printedNames[charge.carrier],
    serviceName: serviceNamed(order.serviceCode),
    trackingId: charge.trackingId,
    trackingBarcode: { symbology: 'code128', text: charge.trackingId },
    routingBarcode: { symbology: 'gs1-128', text: `(00)${serial}${gs1CheckDigit(serial)}` },
    reference: order.reference,
    shipDate: order.shipDate,
    from: addressOf(order.from),
    to: addressOf(order.to),
    weightGrams: order.parcel.weightGrams,
    contents: order.goods
      .map((line) => `${line.quantity} x ${line.description}`)
      .join('; ')
      .slice(0, 80),
    notice: NOTICE,
  };
}

function invoiceOf(charge: Charge): CommercialInvoice {
  const { order } = charge;
  return {
    invoiceNumber: order.reference,
    date: order.shipDate,
    trackingId: charge.trackingId,
    carrierName: printedNames[charge.carrier],
    shipper: addressOf(order.from),
    consignee: addressOf(order.to),
    recipientTaxId: order.recipientTaxId,
    exportFiling: order.exportFiling,
    notice: 'SIMULATED - NOT VALID FOR CUSTOMS',
    lines: order.goods.map((line) => ({
      description: line.description,
      hsCode: line.hsCode,
      originCountry: line.originCountry,
      quantity: line.quantity,
      unitValue: { minor: line.unitValueMinor, currency: 'USD' as const },
      unitWeightGrams: line.unitWeightGrams,
    })),
  };
}
