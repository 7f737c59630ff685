import type { CommandNo, FeedId } from '../identity/ids.ts';
import { accept, type Decision, type Refusal, refuse } from '../refusal/refusal.ts';
import type { MovableSku } from '../sku/sku.ts';
import { skuRefusals } from '../sku/skuRefusals.ts';
import { assignmentFeedTypes, type Feed, type FeedRow, type FeedType } from './feed.ts';
import { queueFeed } from './feedLifecycle.ts';
import { feedRefusals } from './feedRefusals.ts';
import { type FeedRowDecision, movedRow, rejectedRow } from './feedRow.ts';
import type { TemplateIndex } from './templateIndex.ts';

/** What taking a row back needs of it: a row of an ended feed that was applied. */
export interface RevertibleRow extends Pick<FeedRow, 'sku' | 'templateId' | 'formerTemplateId'> {
  readonly deletes: boolean;
}

/** Whether a file of this type may be a dry run. */
export const tryableFeed = (type: FeedType, dryRun: boolean): Decision<FeedType> =>
  dryRun && !assignmentFeedTypes.includes(type) ? refuse(feedRefusals.refusal('feed.no_dry_run', '')) : accept(type);

/** A feed that takes back what an ended one did; its file is the same. */
export function revertFeed(
  feed: Feed,
  given: { readonly id: FeedId; readonly commandNo: CommandNo; readonly dryRun: boolean },
  now: Date,
): Decision<Feed> {
  if (feed.endedAt === null || !assignmentFeedTypes.includes(feed.type) || feed.dryRun)
    return refuse(feedRefusals.refusal('feed.not_revertible', '', { state: feed.state, type: feed.type }));
  if ((feed.counts?.applied ?? 0) === 0) return refuse(feedRefusals.refusal('feed.nothing_to_revert', ''));
  const { sellerId, type, documentId } = feed;
  return accept(queueFeed({ ...given, sellerId, type, documentId, revertsFeedId: feed.id }, now));
}

/**
 * One row taken back: a SKU that stands where the feed put it, and that no command has spoken of since, returns to the template
 * it had before. Everything else is a conflict, left as it is.
 * @param revertedNo command number of the feed that is taken back
 */
export function decideRevertedRow<S extends MovableSku>(
  row: RevertibleRow,
  sku: S | null,
  index: TemplateIndex,
  { revertedNo, commandNo }: { readonly revertedNo: CommandNo; readonly commandNo: CommandNo },
): FeedRowDecision<S> {
  if (row.deletes) return conflict(feedRefusals.refusal('feed.offer_deleted', '/sku'), sku);
  if (!sku) return conflict(skuRefusals.refusal('sku.unknown', '/sku', { sku: row.sku }), null);
  if (sku.templateCommandNo !== revertedNo || sku.templateId !== row.templateId)
    return conflict(feedRefusals.refusal('feed.changed_since', '/sku'), sku);
  const former = row.formerTemplateId === null ? undefined : index.byId.get(row.formerTemplateId);
  if (!former) return conflict(feedRefusals.refusal('feed.former_template_gone', '/templateName'), sku);
  return movedRow(sku, former, index, commandNo);
}

const conflict = (refusal: Refusal, sku: MovableSku | null): FeedRowDecision<never> => rejectedRow([refusal], sku);
