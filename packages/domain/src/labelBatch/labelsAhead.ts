import { askedOffUntil } from '../carrier/carrierDemand.ts';
import { type CarrierStanding, isCalledAsEver, mayBeTried } from '../carrier/carrierStanding.ts';
import type { NotCalledReason } from '../carrier/heldReason.ts';

/** Labels of one batch that were asked for and not sent yet: how many at each carrier. */
export type UnsentLabels = ReadonlyMap<string, number>;

/** Carriers of which something bad was ever heard, by id. */
export type KnownStandings = ReadonlyMap<string, CarrierStanding>;

/**
 * Whether a batch asks for more labels: only while fewer than `limit` wait to be sent, so that offers do not grow old behind one
 * another. What waits for a carrier that is down, stopped, or wants no calls for long is in nobody's way and does not count: neither
 * labels to be bought there, nor those to be quoted anew first.
 */
export function mayAskForMore(unsent: UnsentLabels, standings: KnownStandings, limit: number, now: Date): boolean {
  let ahead = 0;
  for (const [carrierId, count] of unsent) {
    const standing = standings.get(carrierId);
    if (!standing || heldBy(standing, now) === null) ahead += count;
  }
  return ahead < limit;
}

/**
 * Whether a batch asks for one more label at this carrier: not while no purchases may be made there at all, nor where `limit` wait
 * there already. One that is due to be tried gets labels, since it may be that nobody else tries it. The limit keeps what waits
 * within bounds at a carrier that works and fails by turns.
 */
export function takesMoreLabels(
  carrierId: string,
  unsent: UnsentLabels,
  standings: KnownStandings,
  limit: number,
  now: Date,
): boolean {
  const standing = standings.get(carrierId);
  const isOpen = !standing || (mayBeTried(standing, now) && askedOffUntil(standing, 'buy', now) === null);
  return isOpen && (unsent.get(carrierId) ?? 0) < limit;
}

/** A carrier that a batch waits for. */
export interface CarrierAwaited {
  readonly carrierId: string;
  /** Labels that wait to be sent there; 0 where only what has stepped aside waits for it. */
  readonly labels: number;
  /** Why it is not called. */
  readonly reason: NotCalledReason;
  /** When it is called again; null where it is stopped. */
  readonly retryAt: Date | null;
}

/**
 * The carriers that are not called and that a batch waits for: with labels, or with items that have stepped aside.
 * @param aside how many have stepped aside for each carrier
 */
export const carriersAwaited = (
  unsent: UnsentLabels,
  aside: ReadonlyMap<string, number>,
  standings: KnownStandings,
  now: Date,
): readonly CarrierAwaited[] =>
  [...standings.values()].flatMap((standing) => {
    const { carrierId } = standing;
    const labels = unsent.get(carrierId) ?? 0;
    const held = heldBy(standing, now);
    return held === null || labels + (aside.get(carrierId) ?? 0) === 0 ? [] : [{ carrierId, labels, ...held }];
  });

function heldBy(standing: CarrierStanding, now: Date): Omit<CarrierAwaited, 'carrierId' | 'labels'> | null {
  if (standing.stoppedAt !== null) return { reason: 'stopped', retryAt: null };
  const asked = [askedOffUntil(standing, 'buy', now), askedOffUntil(standing, 'quote', now)].find((at) => at !== null);
  const isDown = !isCalledAsEver(standing);
  if (asked && (!isDown || asked > (standing.retryAt ?? now))) return { reason: 'asked', retryAt: asked };
  return isDown ? { reason: 'down', retryAt: standing.retryAt } : null;
}
