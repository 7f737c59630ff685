import { routes } from '@ge/api';
import { revertFeed as job } from '@ge/contracts';
import { drawCommandNo, FeedEntity, newId, outgoing, startOperation } from '@ge/database';
import { revertFeed as decide, type FeedId } from '@ge/domain';
import { acceptedBody } from '../http/accepted.ts';
import { handle } from '../http/handler.ts';
import { decided } from '../http/refused.ts';
import { lockSeller } from '../sellers/lockSeller.ts';
import { feedSeen } from './feedSeen.ts';

/** A revert has its own place in the seller's order of commands: what was accepted before it is done before it. */
export const revertFeed = handle(routes.feeds.revertFeed, async ({ tx, access, params, query, now, locale }) => {
  const feed = await feedSeen(tx, access, params.feedId);
  const { sellerId } = feed;
  await lockSeller(tx, sellerId);
  const commandNo = await drawCommandNo(tx, sellerId);
  const id = newId<FeedId>('feed');
  const revert = decided(decide(feed, { id, commandNo, dryRun: query.dryRun === 'true' }, now));
  const message = outgoing(job, { payload: { sellerId, feedId: id }, sellerId, commandNo });
  const operationId = await startOperation(tx, { kind: job.name, sellerId, now }, [message]);
  await tx.insert(FeedEntity, [{ ...revert, operationId }]);
  return { status: 202, body: { ...acceptedBody(operationId, [], locale), feedId: id } };
});
