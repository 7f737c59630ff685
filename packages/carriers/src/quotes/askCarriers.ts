import {
  carrierRefusals,
  eligibleOffers,
  type LabelFormat,
  type Refusal,
  type SilentCarrier,
  serviceRefusals,
} from '@ge/domain';
import type { Carrier, CarrierProfile } from '../port/carrier.ts';
import type { Offer } from '../port/offer.ts';
import type { QuoteOutcome } from '../port/outcome.ts';
import type { QuoteRequest } from '../port/shipment.ts';

/** A service that cannot take the parcel, or with null a whole carrier. */
export interface RefusedService {
  readonly carrierId: string;
  readonly carrierName: string;
  readonly serviceId: string | null;
  readonly serviceName: string | null;
  readonly reasons: readonly Refusal[];
}

/** What all carriers said. */
export interface CarrierAnswers {
  readonly offers: readonly Offer[];
  readonly refused: readonly RefusedService[];
  /** Those that gave no answer that holds: they may have offers a moment later. */
  readonly mayOfferLater: readonly SilentCarrier[];
}

/**
 * Asks these carriers at once; a slow or broken one is reported and keeps nobody waiting longer than the deadline, one that is
 * known to be down is not asked.
 * Carriers reckon by the world's clock: `now` is the programme's, which may run ahead of it, and validities are told by it.
 */
export async function askCarriers(
  carriers: readonly Carrier[],
  request: QuoteRequest,
  timeoutMs: number,
  now: Date,
): Promise<CarrierAnswers> {
  const aheadMs = now.getTime() - Date.now();
  const outcomes = await Promise.all(
    carriers.map(async (carrier) => ({
      profile: carrier.profile,
      outcome: await carrier.quote(request, { timeoutMs }),
    })),
  );
  return {
    offers: outcomes.flatMap(({ outcome }) =>
      outcome.kind === 'quoted' ? outcome.offers.map((offer) => shifted(offer, aheadMs)) : [],
    ),
    refused: outcomes.flatMap(({ profile, outcome }) => refusedBy(profile, outcome)),
    mayOfferLater: outcomes.flatMap(({ profile, outcome }) =>
      isPassing(outcome) ? [{ carrierId: profile.id, held: outcome.kind === 'held' ? outcome.reason : null }] : [],
    ),
  };
}

const isPassing = (outcome: QuoteOutcome): boolean =>
  outcome.kind === 'unavailable' ||
  outcome.kind === 'held' ||
  (outcome.kind === 'refused' && outcome.retry === 'later');

const shifted = (offer: Offer, aheadMs: number): Offer => ({
  ...offer,
  validUntil: new Date(offer.validUntil.getTime() + aheadMs),
});

function refusedBy(profile: CarrierProfile, outcome: QuoteOutcome): readonly RefusedService[] {
  if (outcome.kind === 'quoted') {
    return outcome.refused.map(({ code, message: _, ...service }) => ({
      ...service,
      reasons: [serviceRefusals.refusal(code, '')],
    }));
  }
  const whole = { carrierId: profile.id, carrierName: profile.name, serviceId: null, serviceName: null };
  const reason =
    outcome.kind === 'refused'
      ? carrierRefusals.refusal(outcome.code, '')
      : serviceRefusals.refusal('TEMPORARILY_UNAVAILABLE', '');
  return [{ ...whole, reasons: [reason] }];
}

/** Parts the carriers' offers by what the programme allows for a label of this format; every other service has its reasons. */
export function judgeAnswers(
  { offers, refused }: Omit<CarrierAnswers, 'mayOfferLater'>,
  format: LabelFormat,
  now: Date,
) {
  const judged = eligibleOffers(offers, format, now);
  const unfit = judged.refused.map(({ offer, refusals }) => ({
    carrierId: offer.carrierId,
    carrierName: offer.carrierName,
    serviceId: offer.serviceId,
    serviceName: offer.serviceName,
    reasons: refusals.map((refusal) => ({ ...refusal, field: '' })),
  }));
  return { judged, refused: [...refused, ...unfit] };
}
