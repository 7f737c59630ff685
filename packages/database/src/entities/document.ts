import type { DocumentId, SellerId } from '@ge/domain';
import { defineEntity, p } from '@mikro-orm/core';
import { counter, instant, key } from './columns.ts';

/** Stored bytes: an upload, a label, a report. Complete once `size` is set. */
export const DocumentEntity = defineEntity({
  name: 'Document',
  tableName: 'documents',
  properties: {
    id: key<DocumentId>().primary(),
    sellerId: key<SellerId>().strictNullable(),
    mediaType: p.text(),
    fileName: p.text(),
    size: counter().strictNullable(),
    sha256: p.text().strictNullable(),
    createdAt: instant().defaultRaw('now()'),
  },
});

export const DocumentChunkEntity = defineEntity({
  name: 'DocumentChunk',
  tableName: 'document_chunks',
  primaryKeys: ['documentId', 'no'],
  properties: {
    documentId: key<DocumentId>().primary(),
    no: p.integer().primary(),
    bytes: p.blob(),
  },
});
