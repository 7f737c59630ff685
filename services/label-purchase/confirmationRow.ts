import type { FeedRowRow } from '@ge/database';
import type { ConfirmationMessage, FeedId, OrderId } from '@ge/domain';
import type { ConfirmationRecord, FeedRecord } from '@ge/feeds';

/** A record of a shipping-confirmation file as a row; its outcome is open where the order decides. */
export const confirmationRow = (feedId: FeedId, record: FeedRecord): FeedRowRow => ({
  feedId,
  recordNo: record.recordNo,
  sku: '',
  templateName: null,
  detail: detailOf(record),
  outcome: record.kind === 'rejected' || record.kind === 'break' ? 'rejected' : null,
  templateId: null,
  formerTemplateId: null,
  problems: record.problems,
});

/** What the seller said of the shipment, for the report and for questions later; parts left empty are left out. */
function detailOf(record: FeedRecord): Record<string, string | number> | null {
  if (record.kind === 'rejected') return filled({ orderId: record.orderId, orderItemId: record.orderItemId });
  if (record.kind !== 'confirmation') return null;
  const { orderId, items, shipDate, carrierCode, carrierName, trackingNumber, shipMethod } = record;
  const orderItemId = items.map((item) => item.orderItemId).join(' ');
  return filled({ orderId, orderItemId, shipDate, carrierCode, carrierName, trackingNumber, shipMethod });
}

const filled = (detail: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(detail).filter(([, value]) => value !== ''));

export const messageOf = (record: ConfirmationRecord): ConfirmationMessage => ({
  orderId: record.orderId as OrderId,
  items: record.items.map(({ orderItemId, quantity }) => ({ lineId: orderItemId, quantity })),
  shipDate: shipDateOf(record.shipDate),
});

/** A day begins at midnight UTC; a time without a zone is read as UTC, whatever this machine's zone is. */
function shipDateOf(written: string): Date {
  const zoned = /T.*(?:Z|[+-]\d{2}:?\d{2})$/.test(written) || !written.includes('T');
  return new Date(zoned ? written.replace(/([+-]\d{2})(\d{2})$/, (_, h, m) => `${h}:${m}`) : `${written}Z`);
}
