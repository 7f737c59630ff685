import { type CarrierStanding, isCalledAsEver, mayBeTried } from '../carrier/carrierStanding.ts';

/** Labels of one batch that were asked for and not sent yet: how many at each carrier. */
export type UnsentLabels = ReadonlyMap<string, number>;

/** Carriers of which something bad was ever heard, by id. */
export type KnownStandings = ReadonlyMap<string, CarrierStanding>;

/**
 * Whether a batch asks for more labels: only while fewer than `limit` wait to be sent, so that offers do not grow old behind one
 * another. What waits for a carrier that is down or stopped is in nobody's way and does not count.
 */
export function mayAskForMore(unsent: UnsentLabels, standings: KnownStandings, limit: number): boolean {
  let ahead = 0;
  for (const [carrierId, count] of unsent) {
    const standing = standings.get(carrierId);
    if (!standing || isCalledAsEver(standing)) ahead += count;
  }
  return ahead < limit;
}

/**
 * Whether a batch asks for one more label at this carrier: not while it is not called at all, nor where `limit` wait there already.
 * One that is due to be tried gets labels, since it may be that nobody else tries it. The limit keeps what waits within bounds at a
 * carrier that works and fails by turns.
 */
export function takesMoreLabels(
  carrierId: string,
  unsent: UnsentLabels,
  standings: KnownStandings,
  limit: number,
  now: Date,
): boolean {
  const standing = standings.get(carrierId);
  return (!standing || mayBeTried(standing, now)) && (unsent.get(carrierId) ?? 0) < limit;
}

/** A carrier that a batch waits for. */
export interface CarrierAwaited {
  readonly carrierId: string;
  /** Labels that wait to be sent there; 0 where only what has stepped aside may wait for it. */
  readonly labels: number;
  /** By people; else it is down. */
  readonly isStopped: boolean;
  /** When it is tried again; null where it is stopped. */
  readonly retryAt: Date | null;
}

/** The carriers that are not called and that labels of a batch are for; where items have stepped aside, all they may wait for. */
export const carriersAwaited = (
  unsent: UnsentLabels,
  aside: number,
  standings: KnownStandings,
): readonly CarrierAwaited[] =>
  [...standings.values()].flatMap((standing) => {
    const { carrierId, retryAt, stoppedAt } = standing;
    const labels = unsent.get(carrierId) ?? 0;
    if (isCalledAsEver(standing) || labels + aside === 0) return [];
    const isStopped = stoppedAt !== null;
    return { carrierId, labels, isStopped, retryAt: isStopped ? null : retryAt };
  });
