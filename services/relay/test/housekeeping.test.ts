import {
  DocumentChunkEntity,
  DocumentEntity,
  IdempotencyKeyEntity,
  LabelPurchaseEntity,
  OrderEntity,
  QuoteEntity,
} from '@ge/database';
import type { Address, CountryCode, DocumentId, OrderId, QuoteId, SellerId } from '@ge/domain';
import { eventually, labelRow, orderRow, startService, type TestDatabase, testDatabase, testSpace } from '@ge/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

let db: TestDatabase;

beforeAll(async () => {
  db = await testDatabase();
});

afterAll(() => db.drop());

const now = Date.now();
const daysAgo = (days: number) => new Date(now - days * 86_400_000);
const shipTo: Address = {
  name: 'Jane Doe',
  line1: '1 Main St',
  city: 'Berlin',
  postalCode: '10115',
  country: 'DE' as CountryCode,
};

const answered = (key: string, createdAt: Date) => ({
  apiKeyId: 'key_1',
  key,
  requestHash: 'h',
  status: 201,
  answer: {},
  createdAt,
});

const stored = (name: string) => ({
  id: `doc-${name}` as DocumentId,
  sellerId: 'S-1' as SellerId,
  mediaType: 'application/pdf',
  fileName: `${name}.pdf`,
  size: 8,
  sha256: null,
});

const quoted = (id: string, createdAt: Date) => ({
  id: id as QuoteId,
  orderId: 'O-1' as OrderId,
  sellerId: 'S-1' as SellerId,
  parcelNo: 1,
  parcel: {} as never,
  shipDate: '2026-11-22',
  offers: [],
  createdAt,
});

test('what has been kept long enough is removed in pages, and what is still needed stays', async () => {
  const many = Array.from({ length: 1_200 }, (_, index) => index);
  const order = (id: string, change: Parameters<typeof orderRow>[2]) =>
    orderRow('S-1', id, { shipTo, createdAt: daysAgo(90), ...change });
  await db.database.transaction(async (tx) => {
    await tx.insert(IdempotencyKeyEntity, [
      ...many.map((index) => answered(`old-${index}`, daysAgo(31))),
      answered('young', daysAgo(29)),
    ]);
    await tx.insert(QuoteEntity, [quoted('quo_old', daysAgo(2)), quoted('quo_young', daysAgo(0.5))]);
    await tx.insert(OrderEntity, [
      ...many.map((index) => order(`old-${index}`, { state: 'confirmed', confirmedAt: daysAgo(31) })),
      order('cancelled', { state: 'cancelled' }),
      order('just-confirmed', { state: 'confirmed', confirmedAt: daysAgo(29) }),
      order('open', { state: 'pending' }),
      order('held', { state: 'held' }),
    ]);
    const printed = ['old-1', 'just-confirmed', 'open'];
    await tx.insert(DocumentEntity, [...printed, 'upload'].map(stored));
    await tx.insert(
      DocumentChunkEntity,
      [...printed, 'upload'].map((name) => ({ documentId: stored(name).id, no: 0, bytes: Buffer.from('Jane Doe') })),
    );
    await tx.insert(
      LabelPurchaseEntity,
      printed.map((id) => labelRow('S-1', id, `lbl-${id}`, { state: 'purchased', documentId: stored(id).id })),
    );
  });
  const relay = await startService('relay', { databaseUrl: db.url, space: testSpace() });
  try {
    const left = (text: string) => db.database.query<{ id: string }>(text);
    const withAddress = await eventually('the last page', async () => {
      const orders = await left('select id from orders where ship_to is not null order by id');
      return orders.length <= 3 ? orders.map(({ id }) => id) : null;
    });
    expect(withAddress).toEqual(['held', 'just-confirmed', 'open']);
    // The address stands on the printed label, too; the label itself stays in the books.
    const kept = ['doc-just-confirmed', 'doc-open', 'doc-upload'].map((id) => ({ id }));
    expect(await left('select id from documents order by id')).toEqual(kept);
    expect(await left('select document_id as id from document_chunks order by 1')).toEqual(kept);
    expect(await left(`select document_id as id from label_purchases where id = 'lbl-old-1'`)).toEqual([{ id: null }]);
    expect(await left('select key as id from idempotency_keys')).toEqual([{ id: 'young' }]);
    expect(await left('select id from quotes')).toEqual([{ id: 'quo_young' }]);
  } finally {
    await relay.stop();
  }
});
