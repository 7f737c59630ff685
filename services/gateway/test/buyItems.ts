import { LabelPurchaseEntity } from '@ge/database';
import { storeDocuments } from '@ge/documents';
import type { DocumentId, LabelBatchId, LabelFormat, LabelId } from '@ge/domain';
import { renderLabelPdf } from '@ge/rendering';
import { labelRow } from '@ge/testkit';
import type { tradeDesk } from './tradeDesk.ts';
import { berlin, usd } from './tradeFixture.ts';

/** What label-purchase leaves of a batch whose first items are bought: labels, their documents and their items. */
export const buyItems = (
  desk: ReturnType<typeof tradeDesk>,
  batchId: string,
  trackingIds: readonly string[],
  format: LabelFormat = 'PDF',
) =>
  desk.gateway.database.transaction(async (tx) => {
    const items = await tx.query<{ item_no: number; order_id: string }>(
      `select item_no, order_id from label_batch_items where batch_id = $1 and state = 'waiting' order by item_no limit $2`,
      [batchId, trackingIds.length],
    );
    for (const [i, { item_no, order_id }] of items.entries()) {
      const trackingId = trackingIds[i]!;
      const [labelId, documentId] = [`lbl_${trackingId}` as LabelId, `doc_${trackingId}` as DocumentId];
      const bytes = format === 'PDF' ? await pdfOf(trackingId) : Buffer.from(`^XA^FD${trackingId}^XZ`);
      await storeDocuments(tx, [{ id: documentId, sellerId: null, mediaType: '-', fileName: '-', bytes }]);
      await tx.insert(LabelPurchaseEntity, [
        labelRow(desk.shop.sellerId, order_id, labelId, {
          state: 'purchased',
          charge: usd(10_00 + i),
          trackingId,
          documentId,
        }),
      ]);
      await tx.query(
        `update label_batch_items set state = 'ordered', label_id = $3 where batch_id = $1 and item_no = $2`,
        [batchId, item_no, labelId],
      );
    }
  });

/** What it leaves of a batch whose first items are asked for at one carrier and not sent yet. */
export const askAtExpress = (desk: ReturnType<typeof tradeDesk>, batchId: string, items: number) =>
  desk.gateway.database.transaction(async (tx) => {
    const asked = await tx.query<{ order_id: string; label_id: string }>(
      `update label_batch_items set state = 'ordered', label_id = 'lbl_' || batch_id || item_no
        where batch_id = $1 and item_no < $2 returning order_id, label_id`,
      [batchId, items],
    );
    const about = { state: 'requested', carrierId: 'simulator-express', batchId: batchId as LabelBatchId } as const;
    await tx.insert(
      LabelPurchaseEntity,
      asked.map((item) => labelRow(desk.shop.sellerId, item.order_id, item.label_id, about)),
    );
  });

const pdfOf = (trackingId: string) =>
  renderLabelPdf(
    {
      carrierName: 'Carrier',
      serviceName: 'EXPRESS',
      trackingId,
      trackingBarcode: { symbology: 'code128', text: trackingId },
      reference: 'ref',
      shipDate: '2026-11-22',
      from: berlin,
      to: berlin,
      weightGrams: 1,
      contents: 'shirts',
    },
    { createdAt: new Date(0) },
  );
