import { createHash, hash } from 'node:crypto';
import { type Database, DocumentEntity, newId, type RowOf, type Transaction } from '@ge/database';
import type { DocumentId, SellerId } from '@ge/domain';

export type StoredDocument = RowOf<typeof DocumentEntity>;

export interface NewDocument {
  /** Given where the id is needed before the bytes are; otherwise a new one. */
  readonly id?: DocumentId;
  readonly sellerId: SellerId | null;
  readonly mediaType: string;
  readonly fileName: string;
}

/** Thrown while storing when the source goes past the cap; nothing of it can be read afterwards. */
export class DocumentTooLarge extends Error {
  override readonly name = 'DocumentTooLarge';
  readonly maxBytes: number;

  constructor(maxBytes: number) {
    super(`the document is larger than ${maxBytes} bytes`);
    this.maxBytes = maxBytes;
  }
}

/** Bytes of one chunk row: large enough to be few, small enough to stay cheap in memory. */
const chunkBytes = 256 * 1024;

/**
 * Stores bytes within the caller's transaction, as they come: memory does not grow with the document. Complete (and
 * readable) when the transaction commits. Throws DocumentTooLarge past `maxBytes`.
 */
export async function storeDocument(
  tx: Transaction,
  document: NewDocument,
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  maxBytes = 1024 ** 3,
): Promise<StoredDocument> {
  const id = document.id ?? newId<DocumentId>('doc');
  const hash = createHash('sha256');
  let size = 0;
  let no = 0;
  for await (const chunk of inChunks(source)) {
    size += chunk.length;
    if (size > maxBytes) throw new DocumentTooLarge(maxBytes);
    hash.update(chunk);
    await tx.query('insert into document_chunks (document_id, no, bytes) values ($1, $2, $3)', [id, no, chunk]);
    no += 1;
  }
  const row: StoredDocument = {
    id,
    sellerId: document.sellerId,
    mediaType: document.mediaType,
    fileName: document.fileName,
    size,
    sha256: hash.digest('hex'),
    createdAt: new Date(),
  };
  await tx.insert(DocumentEntity, [row]);
  return row;
}

/** A document that is in memory as a whole, such as a label. */
export interface DocumentInMemory extends NewDocument {
  readonly id: DocumentId;
  readonly bytes: Uint8Array;
  /** Of the bytes, hex, where whoever has them knows it already. */
  readonly sha256?: string | undefined;
}

/** Stores documents that are in memory, in two statements however many they are. */
export async function storeDocuments(tx: Transaction, documents: readonly DocumentInMemory[]): Promise<void> {
  if (documents.length === 0) return;
  let end = 0;
  const chunks = documents.flatMap(({ id, bytes }) => {
    const start = end + 1;
    end += bytes.length;
    return Array.from({ length: Math.ceil(bytes.length / chunkBytes) }, (_, no) => ({
      id,
      no,
      start: start + no * chunkBytes,
      size: Math.min(chunkBytes, bytes.length - no * chunkBytes),
    }));
  });
  // One value, since that alone travels as bytes: a list of values is written in hexadecimal and read again.
  await tx.prepared(
    `insert into document_chunks (document_id, no, bytes)
     select document_id, no, substring($5::bytea from start for size)
       from unnest($1::text[], $2::int[], $3::int[], $4::int[]) as c(document_id, no, start, size)`,
    [
      chunks.map(({ id }) => id),
      chunks.map(({ no }) => no),
      chunks.map(({ start }) => start),
      chunks.map(({ size }) => size),
      Buffer.concat(documents.map(({ bytes }) => bytes)),
    ],
  );
  await tx.insert(
    DocumentEntity,
    documents.map(({ id, sellerId, mediaType, fileName, bytes, sha256 = hash('sha256', bytes) }) => ({
      id,
      sellerId,
      mediaType,
      fileName,
      size: bytes.length,
      sha256,
    })),
  );
}

/** Its description, or null. */
export async function findDocument(tx: Transaction, id: DocumentId): Promise<StoredDocument | null> {
  const rows = await tx.select(DocumentEntity, 'where t.id = $1', [id]);
  return rows[0] ?? null;
}

/** The bytes from `fromByte` on, a chunk at a time, each fetched when it is asked for. */
export async function* readDocument(
  source: Pick<Transaction, 'query'> | Pick<Database, 'query'>,
  id: DocumentId,
  fromByte = 0,
): AsyncGenerator<Uint8Array> {
  let skip = fromByte % chunkBytes;
  for (let no = Math.floor(fromByte / chunkBytes); ; no += 1) {
    const rows = await source.query<{ bytes: Buffer }>(
      'select bytes from document_chunks where document_id = $1 and no = $2',
      [id, no],
    );
    const bytes = rows[0]?.bytes;
    if (!bytes) return;
    if (skip < bytes.length) yield skip > 0 ? bytes.subarray(skip) : bytes;
    skip = 0;
  }
}

/** Regroups whatever comes into chunks of exactly `chunkBytes`, the last one shorter. */
async function* inChunks(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Buffer> {
  let parts: Uint8Array[] = [];
  let gathered = 0;
  for await (const piece of source) {
    let rest: Uint8Array = piece;
    while (gathered + rest.length >= chunkBytes) {
      const take = chunkBytes - gathered;
      yield Buffer.concat([...parts, rest.subarray(0, take)]);
      rest = rest.subarray(take);
      parts = [];
      gathered = 0;
    }
    if (rest.length > 0) {
      parts.push(rest);
      gathered += rest.length;
    }
  }
  if (gathered > 0) yield Buffer.concat(parts);
}
