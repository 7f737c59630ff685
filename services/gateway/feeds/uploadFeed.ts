import { routes } from '@ge/api';
import { takeInConfirmations, takeInFeed } from '@ge/contracts';
import { drawCommandNo, FeedEntity, newId, outgoing, startOperation } from '@ge/database';
import { storeDocument } from '@ge/documents';
import { type FeedId, type FeedType, queueFeed, tryableFeed } from '@ge/domain';
import { acceptedBody } from '../http/accepted.ts';
import { handle } from '../http/handler.ts';
import { decided } from '../http/refused.ts';
import { lockSeller, readSeller } from '../sellers/lockSeller.ts';

const jobFor: Readonly<Record<FeedType, typeof takeInFeed | typeof takeInConfirmations>> = {
  'inventory-loader': takeInFeed,
  'product-xml': takeInFeed,
  'listings-json': takeInFeed,
  'shipping-confirmation': takeInConfirmations,
  'shipping-confirmation-xml': takeInConfirmations,
};

const suffixOf: Readonly<Record<FeedType, string>> = {
  'inventory-loader': 'txt',
  'product-xml': 'xml',
  'listings-json': 'json',
  'shipping-confirmation': 'txt',
  'shipping-confirmation-xml': 'xml',
};

/** The bytes are stored before the seller is locked: a large file makes no other command wait. */
export const uploadFeed = handle(routes.feeds.uploadFeed, async ({ tx, params, query, upload, now, locale }) => {
  await readSeller(tx, params.sellerId);
  const { type, dryRun, fileName = `${type}.${suffixOf[type]}` } = query;
  const { sellerId } = params;
  decided(tryableFeed(type, dryRun === 'true'));
  const document = await storeDocument(tx, { sellerId, mediaType: upload.mediaType, fileName }, upload.read());
  await lockSeller(tx, sellerId);
  const commandNo = await drawCommandNo(tx, sellerId);
  const id = newId<FeedId>('feed');
  const contract = jobFor[type];
  const message = outgoing(contract, { payload: { sellerId, feedId: id }, sellerId, commandNo });
  const operationId = await startOperation(tx, { kind: contract.name, sellerId, now }, [message]);
  const { id: documentId, size, sha256 } = document;
  const made = { id, sellerId, type, commandNo, documentId, fileBytes: size!, dryRun: dryRun === 'true' };
  const feed = queueFeed(made, now);
  await tx.insert(FeedEntity, [{ ...feed, operationId }]);
  return {
    status: 202,
    body: { ...acceptedBody(operationId, [], locale), feedId: id, size: size!, sha256: sha256! },
  };
});
