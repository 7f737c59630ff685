import type { CarrierDocument } from '@ge/carriers';
import { type LabelRow, newId } from '@ge/database';
import type { DocumentInMemory } from '@ge/documents';
import type { Address, DocumentId, LabelFormat } from '@ge/domain';
import { type LabelContent, renderLabelPdf, renderLabelPng, renderLabelZpl } from '@ge/rendering';

/** What a label is printed from where the carrier gives none. Holds personal data. */
export interface LabelPrint {
  readonly label: LabelRow;
  readonly carrierName: string;
  readonly shipFrom: Address | null;
  readonly shipTo: Address | null;
}

const kinds: Readonly<Record<LabelFormat, { readonly mediaType: string; readonly suffix: string }>> = {
  PDF: { mediaType: 'application/pdf', suffix: 'pdf' },
  PNG: { mediaType: 'image/png', suffix: 'png' },
  ZPL203: { mediaType: 'application/zpl', suffix: 'zpl' },
  ZPL300: { mediaType: 'application/zpl', suffix: 'zpl' },
};

/**
 * The label's document in the wanted format: the carrier's own where it gave one, else printed here. Null when neither is
 * possible because an address was erased. Throws the renderer's errors.
 */
export async function labelDocument(
  print: LabelPrint,
  trackingId: string,
  given: CarrierDocument | undefined,
): Promise<DocumentInMemory | null> {
  const { label } = print;
  const own = given?.format === label.format ? given : null;
  const bytes = own?.bytes ?? (await printed(print, trackingId));
  if (!bytes) return null;
  const { mediaType, suffix } = kinds[label.format];
  return {
    id: newId<DocumentId>('doc'),
    sellerId: label.sellerId,
    mediaType,
    fileName: `label-${label.orderId}-${label.parcelNo}.${suffix}`,
    bytes,
    sha256: own?.sha256,
  };
}

async function printed(print: LabelPrint, trackingId: string): Promise<Uint8Array | null> {
  const { label, carrierName, shipFrom, shipTo } = print;
  if (!shipFrom || !shipTo) return null;
  const content: LabelContent = {
    carrierName,
    serviceName: label.serviceId,
    trackingId,
    trackingBarcode: { symbology: 'code128', text: trackingId },
    reference: label.id,
    shipDate: label.declaration.shipDate,
    from: shipFrom,
    to: shipTo,
    weightGrams: label.parcel.weightGrams,
    contents: label.declaration.lines
      .map((line) => `${line.quantity} x ${line.description}`)
      .join('; ')
      .slice(0, 80),
  };
  switch (label.format) {
    case 'PDF':
      return renderLabelPdf(content, { createdAt: label.createdAt });
    case 'PNG':
      return renderLabelPng(content, 203);
    case 'ZPL203':
      return renderLabelZpl(content, 203);
    case 'ZPL300':
      return renderLabelZpl(content, 300);
  }
}
