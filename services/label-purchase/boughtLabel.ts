import type { BoughtLabel, CarrierDocument } from '@ge/carriers';
import type { DocumentInMemory } from '@ge/documents';
import type { BoughtShipment } from '@ge/domain';
import type { CarrierDesk } from './carrierDesk.ts';
import { type LabelPrint, labelDocument } from './labelDocument.ts';

/** A purchase with its document, ready to be written down. */
export interface BoughtWithDocument {
  readonly shipment: BoughtShipment;
  readonly document: DocumentInMemory | null;
}

/**
 * Gets the document of what was bought, while no row is locked. Never throws: a charge that was made is written down
 * whatever becomes of its paper.
 */
export async function withDocument(
  desk: CarrierDesk,
  print: LabelPrint,
  bought: BoughtLabel,
  given: CarrierDocument | undefined,
): Promise<BoughtWithDocument> {
  const { charge, shipmentId, trackingId } = bought;
  let document: DocumentInMemory | null = null;
  try {
    document = await labelDocument(print, trackingId, given);
  } catch (error) {
    const failure = error instanceof Error ? error.name : 'unknown';
    desk.logger.error({ label: print.label.id, failure }, 'a bought label could not be printed');
  }
  return { shipment: { charge, shipmentRef: shipmentId, trackingId, documentId: document?.id ?? null }, document };
}
