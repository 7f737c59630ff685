import type { CarrierStanding } from '../carrier/carrierStanding.ts';
import type { HeldReason } from '../carrier/heldReason.ts';
import { accept, type Decision, oncePerCode, type Refusal, refuse } from '../refusal/refusal.ts';
import type { LabelBatchItem } from './labelBatch.ts';
import { labelBatchRefusals } from './labelBatchRefusals.ts';
import type { KnownStandings } from './labelsAhead.ts';

const SECOND = 1_000;
const shortestPause = 5 * SECOND;
/** What steps aside is asked for again after this time at most. */
export const longestAsideMs = 5 * 60 * SECOND;

/** What an item waits for. */
export interface ItemAwaits {
  readonly carrierIds: readonly string[];
  /** What stands against each carrier. */
  readonly unanswered: readonly Refusal[];
  /** Whether one of them answers again and only has had no room for it yet. */
  readonly isComingBack: boolean;
}

/** A carrier without an answer. `held`: why it was not asked, or has not read what it was asked; null: it was asked in vain. */
export interface SilentCarrier {
  readonly carrierId: string;
  readonly held: HeldReason | null;
}

/** Whether it says nothing of the carrier: one that asks for a pause itself, or was asked in vain, has given no answer. */
const notAsked = {
  limit: true,
  late: true,
  down: true,
  stopped: true,
  asked: false,
} as const satisfies Record<HeldReason, boolean>;

/**
 * Whether one of these carriers answers, or is being tried, and only was not asked: that does not mean that it gives no answer.
 * `standings`: as they are now.
 */
export const isComingBack = (silent: readonly SilentCarrier[], standings: KnownStandings): boolean =>
  silent.some(({ carrierId, held }) => held !== null && notAsked[held] && comesBack(standings.get(carrierId)));

/** `standing`: undefined where nothing bad was ever heard. */
const comesBack = (standing: CarrierStanding | undefined): boolean =>
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
  const leftMs = isComingBack ? longestAsideMs : awaitedMs - waitedMs;
  if (leftMs <= 0) {
    return refuse(
      labelBatchRefusals.refusal('label_batch.no_answer', '', { since: since.toISOString() }),
      ...oncePerCode(unanswered),
    );
  }
  const pauseMs = Math.min(Math.max(shortestPause, waitedMs), longestAsideMs, leftMs);
  return accept({ offerlessSince: since, askAgainAt: new Date(now.getTime() + pauseMs), awaitedCarriers: carrierIds });
}
