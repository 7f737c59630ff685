import { takeInConfirmations, takeInFeed } from '@ge/contracts';
import { FeedEntity, newId, outgoing, startOperation, type Transaction } from '@ge/database';
import { storeDocument } from '@ge/documents';
import { type FeedId, type FeedType, queueFeed, type SellerId } from '@ge/domain';
import type { Answer } from './accepted.ts';
import type { Placing } from './command.ts';
import { confirmationText, feedText } from './files.ts';

interface Upload {
  readonly sellerId: SellerId;
  readonly type: FeedType;
  readonly text: string;
  readonly no: number;
  readonly at: Date;
}

/** What the gateway does with an upload: the document, the feed in its place, the message. */
async function upload(
  tx: Transaction,
  contract: typeof takeInFeed | typeof takeInConfirmations,
  { sellerId, type, text, no, at }: Upload,
): Promise<Answer> {
  const kept = { sellerId, mediaType: 'text/plain', fileName: 'sent.txt' };
  const document = await storeDocument(tx, kept, [Buffer.from(text)]);
  const id = newId<FeedId>('feed');
  const operationId = await startOperation(tx, { kind: 'feed', sellerId, now: at }, [
    outgoing(contract, { payload: { sellerId, feedId: id }, sellerId, commandNo: no }),
  ]);
  const feed = queueFeed({ id, sellerId, type, commandNo: no, documentId: document.id }, at);
  await tx.insert(FeedEntity, [{ ...feed, operationId }]);
  return { operationId };
}

export const acceptFeed = (tx: Transaction, sellerId: SellerId, placings: readonly Placing[], no: number, at: Date) =>
  upload(tx, takeInFeed, { sellerId, type: 'inventory-loader', text: feedText(sellerId, placings), no, at });

export const acceptConfirmations = (tx: Transaction, sellerId: SellerId, no: number, at: Date) =>
  upload(tx, takeInConfirmations, {
    sellerId,
    type: 'shipping-confirmation',
    text: confirmationText(sellerId, at),
    no,
    at,
  });
