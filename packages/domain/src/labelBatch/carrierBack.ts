import type { CarrierStanding } from '../carrier/carrierStanding.ts';
import type { KnownStandings } from './labelsAhead.ts';
import { longestAsideMs } from './stepAside.ts';

/** How a carrier stands is known to every process within this time: until then one may be told that it is still away. */
const knownMs = 1_000;

/** A carrier that may be asked again; what stepped aside for it before `until` may have done so because it was away. */
export interface CarrierBack {
  readonly carrierId: string;
  readonly until: Date;
}

/**
 * From when on a carrier that was away may be asked anything, be it only to try it; it may lie ahead. null: nobody knows, as people have
 * stopped it, or it was never away.
 */
function mayBeAskedFrom(standing: CarrierStanding): Date | null {
  const { breaker, since, openings, retryAt, stoppedAt, letGoAt, noQuotesBefore, noPurchasesBefore } = standing;
  if (stoppedAt !== null) return null;
  const closedAt = openings > 0 ? since : letGoAt;
  const ends = [breaker === 'closed' ? closedAt : retryAt, noQuotesBefore, noPurchasesBefore];
  return ends.reduce((last, end) => (last === null || (end !== null && end > last) ? end : last), null);
}

/** The carriers that have come back so lately that something may still wait for them that stepped aside before. */
export const carriersBack = (standings: KnownStandings, now: Date): readonly CarrierBack[] =>
  [...standings.values()].flatMap((standing) => {
    const from = mayBeAskedFrom(standing);
    if (from === null || from > now || now.getTime() - from.getTime() > longestAsideMs) return [];
    return [{ carrierId: standing.carrierId, until: new Date(from.getTime() + knownMs) }];
  });

/** When the first of these carriers may be asked again, as far as that is known; null where none is to come back. */
export const nextBack = (carrierIds: Iterable<string>, standings: KnownStandings, now: Date): Date | null =>
  [...carrierIds]
    .flatMap((carrierId) => {
      const standing = standings.get(carrierId);
      const from = standing ? mayBeAskedFrom(standing) : null;
      return from !== null && from > now ? [from] : [];
    })
    .reduce<Date | null>((first, from) => (first === null || from < first ? from : first), null);
