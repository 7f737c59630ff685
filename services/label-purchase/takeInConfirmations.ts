import { takeInConfirmations as contract, writeFeedReport } from '@ge/contracts';
import {
  closeCancelledFeeds,
  FeedEntity,
  type FeedEntityRow,
  FeedRowEntity,
  type FeedRowRow,
  giveUpFeeds,
  lockOrdersOf,
  OrderEntity,
  type OrderRow,
  outgoing,
} from '@ge/database';
import { readDocument } from '@ge/documents';
import {
  confirmMessage,
  countOutcomes,
  type Decision,
  failFeed,
  type OrderId,
  type SellerId,
  settleRows,
  stageRows,
  startFeed,
  toFeedProblem,
} from '@ge/domain';
import { type ConfirmationRecord, type FeedCheckpoint, readFeedSlice } from '@ge/feeds';
import { batchHandler, cancel, carryOn, done, RowSet, skip } from '@ge/runtime';
import { confirmationRow, messageOf } from './confirmationRow.ts';

/**
 * Takes in a shipping-confirmation file slice by slice (R18): its GE rows are refused one by one, each with its own error,
 * the rows beside them confirm their orders. Rows, orders and the place where the next slice begins commit together.
 */
export const takeInConfirmations = (sliceRows: number) =>
  batchHandler({
    contract,
    load: async (tx, [job]) => {
      const { feedId } = job!.payload;
      const feeds = new RowSet(await tx.lock(FeedEntity, [feedId]), (row) => row.id);
      const feed = feeds.get(feedId);
      const from = (job!.cursor as FeedCheckpoint | null) ?? null;
      const readable = feed && (feed.state === 'IN_QUEUE' || feed.state === 'IN_PROGRESS');
      const slice = readable
        ? await readFeedSlice((byte) => readDocument(tx, feed.documentId, byte), feed.type, from, sliceRows)
        : null;
      const named = new Set(
        slice?.records.flatMap((record) => (record.kind === 'confirmation' ? [record.orderId] : [])),
      );
      const orders = feed ? await lockOrdersOf(tx, feed.sellerId, [...named] as OrderId[]) : [];
      return {
        feeds,
        slice,
        cancelled: new RowSet<FeedEntityRow>([], (row) => row.id),
        orders: new RowSet(orders, (row) => row.id),
        rows: new RowSet<FeedRowRow>([], (row) => String(row.recordNo)),
      };
    },
    decide: (job, { feeds, slice, cancelled, orders, rows }, now) => {
      const feed = feeds.get(job.payload.feedId);
      if (!feed) return skip('there is no such feed');
      const { id: feedId, sellerId } = feed;
      const { operationId } = job.message;
      const report = outgoing(writeFeedReport, { payload: { feedId, sellerId }, sellerId, operationId });
      if (feed.state === 'CANCELLED') {
        cancelled.add(feed);
        return cancel('the feed was cancelled', { followUps: [report] });
      }
      if (!slice) return skip(`the feed is ${feed.state}`);

      const started = feed.state === 'IN_QUEUE' ? granted(startFeed(feed, now)) : feed;
      if (slice.fatal) {
        const { problem, code } = slice.fatal;
        rows.add(confirmationRow(feedId, { kind: 'file', recordNo: 0, messageId: null, sku: '', problems: [problem] }));
        feeds.put({ ...feed, ...granted(failFeed(started, code, null, now)) });
        return done({ followUps: [report] });
      }
      for (const record of slice.records) {
        const row = confirmationRow(feedId, record);
        rows.add(record.kind === 'confirmation' ? confirmed(row, record, orders, sellerId, now) : row);
      }
      const upTo = slice.next?.byteOffset ?? feed.fileBytes;
      const counts = countOutcomes(rows.added().flatMap((row) => (row.recordNo > 0 ? [row.outcome!] : [])));
      feeds.put({ ...feed, ...granted(settleRows(granted(stageRows(started, counts.processed, upTo)), counts)) });
      const progress = { counts: { ...counts } };
      return slice.next ? carryOn(slice.next, { progress }) : done({ progress, followUps: [report] });
    },
    save: async (tx, { feeds, cancelled, orders, rows }) => {
      await closeCancelledFeeds(tx, cancelled.added());
      await tx.update(OrderEntity, orders.changed(), ['lines', 'state', 'confirmedAt', 'payout', 'payoutReason']);
      await tx.insert(FeedRowEntity, rows.added());
      await tx.update(FeedEntity, feeds.changed());
    },
    onDead: giveUpFeeds('reading'),
  });

function confirmed(
  row: FeedRowRow,
  record: ConfirmationRecord,
  orders: RowSet<OrderRow>,
  sellerId: SellerId,
  now: Date,
): FeedRowRow {
  const order = orders.get(record.orderId) ?? null;
  const decision = confirmMessage(messageOf(record), order, sellerId, now);
  if (!decision.ok) {
    return { ...row, outcome: 'rejected', problems: [...row.problems, ...decision.refusals.map(toFeedProblem)] };
  }
  orders.put({ ...order!, ...decision.value });
  return { ...row, outcome: 'applied', problems: [...row.problems, ...decision.warnings.map(toFeedProblem)] };
}

/** The feed's own states were checked before: a refusal here is a defect, and concerns this job only. */
function granted<T>(decision: Decision<T>): T {
  if (!decision.ok) throw new Error(decision.refusals.map((refusal) => refusal.code).join(', '));
  return decision.value;
}
