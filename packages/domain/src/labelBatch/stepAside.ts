import type { CarrierStanding } from '../carrier/carrierStanding.ts';
import { accept, type Decision, oncePerCode, type Refusal, refuse } from '../refusal/refusal.ts';
import type { LabelBatchItem } from './labelBatch.ts';
import { labelBatchRefusals } from './labelBatchRefusals.ts';

const SECOND = 1_000;
const shortestPause = 5 * SECOND;
const longestPause = 5 * 60 * SECOND;

/** What an item waits for. */
export interface ItemAwaits {
  readonly carrierIds: readonly string[];
  /** What stands against each carrier. */
  readonly unanswered: readonly Refusal[];
  /** Whether one of them answers again and only has had no room for it yet. */
  readonly isComingBack: boolean;
}

/**
 * Whether a carrier answers, or is being tried: that it was not asked, or takes no more labels for the moment, does not mean then
 * that it gives no answer. `standing`: as it is now; undefined where nothing bad was ever heard.
 */
export const comesBack = (standing: CarrierStanding | undefined): boolean =>
  !standing || (standing.stoppedAt === null && standing.breaker !== 'open');

/**
 * What becomes of an item whose label cannot be asked for now: no carrier made an offer for it while one of them could not be
 * asked, or the carrier that it is for takes no more. It steps aside, so that those behind it go on, and its carriers are asked
 * again after a pause as long as it has waited so far, within bounds. Refused with `unanswered`, what stood against each carrier
 * last, once it has waited for `awaitedMs` and none of them is coming back.
 */
export function stepAside(
  { offerlessSince }: Pick<LabelBatchItem, 'offerlessSince'>,
  { carrierIds, unanswered, isComingBack }: ItemAwaits,
  awaitedMs: number,
  now: Date,
): Decision<Pick<LabelBatchItem, 'offerlessSince' | 'askAgainAt' | 'awaitedCarriers'>> {
  const since = offerlessSince ?? now;
  const waitedMs = now.getTime() - since.getTime();
  const leftMs = isComingBack ? longestPause : awaitedMs - waitedMs;
  if (leftMs <= 0) {
    return refuse(
      labelBatchRefusals.refusal('label_batch.no_answer', '', { since: since.toISOString() }),
      ...oncePerCode(unanswered),
    );
  }
  const pauseMs = Math.min(Math.max(shortestPause, waitedMs), longestPause, leftMs);
  return accept({ offerlessSince: since, askAgainAt: new Date(now.getTime() + pauseMs), awaitedCarriers: carrierIds });
}
