import { takeInConfirmations } from '@ge/contracts';
import { type Database, FeedEntity, newId, outgoing, startOperation } from '@ge/database';
import { readDocument, storeDocument } from '@ge/documents';
import { type CountryCode, type FeedId, type FeedType, queueFeed } from '@ge/domain';
import { seller } from './purchases.ts';

/** An order that a file may confirm. */
export const domestic = { isGlobalExpress: false, destination: 'US' as CountryCode };

export const columns =
  'order-id\torder-item-id\tquantity\tship-date\tcarrier-code\tcarrier-name\ttracking-number\tship-method';
export const row = (orderId: string, item = '', quantity = '', date = '2026-11-20') =>
  `${orderId}\t${item}\t${quantity}\t${date}\tUPS\t\t1Z999\tGround`;

/** What the gateway does with an upload: the document, the feed in its place, the message. */
export const submit = (database: Database, text: string, type: FeedType = 'shipping-confirmation'): Promise<FeedId> =>
  database.transaction(async (tx) => {
    const now = new Date();
    const kept = { sellerId: seller, mediaType: 'text/plain', fileName: 'sent.txt' };
    const document = await storeDocument(tx, kept, [Buffer.from(text)]);
    const id = newId<FeedId>('feed');
    const payload = { sellerId: seller, feedId: id };
    const operationId = await startOperation(tx, { kind: 'feed', sellerId: seller, now }, [
      outgoing(takeInConfirmations, { payload, sellerId: seller }),
    ]);
    const feed = queueFeed({ id, sellerId: seller, type, commandNo: 1, documentId: document.id }, now);
    await tx.insert(FeedEntity, [{ ...feed, operationId }]);
    return id;
  });

export const feedOf = async (database: Database, id: FeedId) =>
  (await database.transaction((tx) => tx.find(FeedEntity, [id])))[0]!;

export async function reportOf(database: Database, id: FeedId): Promise<string> {
  const { reportDocumentId } = await feedOf(database, id);
  const parts: Uint8Array[] = [];
  for await (const part of readDocument(database, reportDocumentId!)) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}
