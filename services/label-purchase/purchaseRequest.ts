import type { Carrier, PreparedPurchase, PurchaseIntent } from '@ge/carriers';
import type { LabelRow } from '@ge/database';
import type { Address } from '@ge/domain';

/**
 * The request of a label, the same bytes whenever it is made: everything in it was decided with the intent or stands in the
 * order. Its hash is stored, the request itself never is.
 */
export function prepareRequest(
  carrier: Carrier,
  label: LabelRow,
  shipFrom: Address,
  shipTo: Address,
): PreparedPurchase {
  const { declaration } = label;
  const intent: PurchaseIntent = {
    intentId: label.id,
    offerToken: label.offerToken,
    serviceId: label.serviceId,
    shipFrom,
    shipTo,
    parcel: label.parcel,
    lines: declaration.lines,
    shipDate: declaration.shipDate,
    labelFormat: label.format,
    withInvoice: false,
    exportFiling: declaration.exportFiling,
  };
  return { ...carrier.prepare(intent), idempotencyKey: label.idempotencyKey };
}
