import { accept, type Decision, oncePerCode, type Refusal, refuse } from '../refusal/refusal.ts';
import type { LabelBatchItem } from './labelBatch.ts';
import { labelBatchRefusals } from './labelBatchRefusals.ts';

const SECOND = 1_000;
const shortestPause = 5 * SECOND;
const longestPause = 5 * 60 * SECOND;

/**
 * What becomes of an item whose label cannot be asked for now: no carrier made an offer for it while one of them could not be
 * asked, or the carrier that it is for takes no more. It steps aside, so that those behind it go on, and its carriers are asked
 * again after a pause as long as it has waited so far, within bounds. Refused with `unanswered`, what stood against each carrier
 * last, once it has waited for `awaitedMs`.
 */
export function stepAside(
  { offerlessSince }: Pick<LabelBatchItem, 'offerlessSince'>,
  unanswered: readonly Refusal[],
  awaitedMs: number,
  now: Date,
): Decision<Pick<LabelBatchItem, 'offerlessSince' | 'askAgainAt'>> {
  const since = offerlessSince ?? now;
  const waitedMs = now.getTime() - since.getTime();
  if (waitedMs >= awaitedMs) {
    return refuse(
      labelBatchRefusals.refusal('label_batch.no_answer', '', { since: since.toISOString() }),
      ...oncePerCode(unanswered),
    );
  }
  const pauseMs = Math.min(Math.max(shortestPause, waitedMs), longestPause, awaitedMs - waitedMs);
  return accept({ offerlessSince: since, askAgainAt: new Date(now.getTime() + pauseMs) });
}
