import { routes } from '@ge/api';
import { type Database, type PrintedItem, printedItemsOf } from '@ge/database';
import { readDocument } from '@ge/documents';
import { labelBatchRefusals } from '@ge/domain';
import type { PdfPart } from '@ge/rendering/join';
import { handle } from '../http/handler.ts';
import { Refused } from '../http/refused.ts';
import { batchSeen } from './batchSeen.ts';

/** Joined while it is sent, a label at a time; which labels are in it is settled before the first byte. */
export const downloadLabelBatch = handle(
  routes.labelBatches.downloadLabelBatch,
  async ({ tx, access, params, surroundings: { database } }) => {
    const { id, format } = await batchSeen(tx, access, params.batchId);
    if (format === 'PNG') {
      throw new Refused([labelBatchRefusals.refusal('label_batch.format_not_joined', '', { format })]);
    }
    const printed = await printedItemsOf(tx, id);
    if (printed.length === 0) throw new Refused([labelBatchRefusals.refusal('label_batch.nothing_to_print', '')]);
    const labels = partsOf(database, printed);
    return format === 'PDF'
      ? { status: 200, mediaType: 'application/pdf', fileName: `labels-${id}.pdf`, bytes: () => joined(labels) }
      : {
          status: 200,
          mediaType: 'application/zpl',
          fileName: `labels-${id}.zpl`,
          bytes: () => oneAfterAnother(labels),
        };
  },
);

async function* partsOf(database: Database, printed: readonly PrintedItem[]): AsyncGenerator<PdfPart> {
  for (const { orderId, parcelNo, documentId } of printed) {
    const bytes = Buffer.concat(await Array.fromAsync(readDocument(database, documentId)));
    yield { bytes, name: `Order ${orderId}, parcel ${parcelNo}` };
  }
}

/** What joins them is big, and wanted now and then only. */
async function* joined(labels: AsyncIterable<PdfPart>): AsyncGenerator<Uint8Array> {
  const { joinPdfs } = await import('@ge/rendering/join');
  yield* joinPdfs(labels);
}

const newLine = Buffer.from('\n');

async function* oneAfterAnother(labels: AsyncIterable<PdfPart>): AsyncGenerator<Uint8Array> {
  for await (const { bytes } of labels) {
    yield bytes;
    yield newLine;
  }
}
