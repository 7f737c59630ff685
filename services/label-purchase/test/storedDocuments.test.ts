import { randomBytes } from 'node:crypto';
import { newId } from '@ge/database';
import { type DocumentInMemory, findDocument, readDocument, storeDocuments } from '@ge/documents';
import type { DocumentId } from '@ge/domain';
import { testDatabase } from '@ge/testkit';
import { expect, test } from 'vitest';

test('documents that are stored together are read back byte for byte, whatever the size of each', async () => {
  const db = await testDatabase(2);
  const chunk = 256 * 1024;
  const documents = [1_500, 1, 0, chunk - 1, chunk, chunk + 1, 3 * chunk + 7, 2].map(
    (size, no): DocumentInMemory => ({
      id: newId<DocumentId>('doc'),
      sellerId: null,
      mediaType: 'application/zpl',
      fileName: `${no}.zpl`,
      // A part of something larger, as what a socket gives is.
      bytes: randomBytes(size + 20).subarray(10, 10 + size),
    }),
  );
  await db.database.transaction((tx) => storeDocuments(tx, documents));
  for (const { id, bytes } of documents) {
    const chunks: Uint8Array[] = [];
    for await (const some of readDocument(db.database, id)) chunks.push(some);
    expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
    expect((await db.database.transaction((tx) => findDocument(tx, id)))!.size).toBe(bytes.length);
  }
  await db.drop();
});
