import { serviceRefusals } from '@ge/domain';
import type { WireOffer } from './dialect.ts';
import type { BenefitExclusionReason, Benefits, Offer, RefusedOffer } from './offer.ts';

const MAX_VALIDITY_MS = 10 * 60_000;

/**
 * What the programme makes of a carrier's offers: no service without duty-paid clearance (R23), none that must come late;
 * one that only may come late keeps its price but loses the protection (R22). Offers live ten minutes at most.
 */
export function screenOffers(
  offers: readonly WireOffer[],
  deliverBy: string | undefined,
  now: Date,
): { readonly offers: readonly Offer[]; readonly refused: readonly RefusedOffer[] } {
  const eligible: Offer[] = [];
  const refused: RefusedOffer[] = [];
  for (const { isTracked, clearsDutyPaid, ...offer } of offers) {
    const late = deliverBy !== undefined && offer.earliestDelivery > deliverBy;
    if (!clearsDutyPaid || late) {
      const code = clearsDutyPaid ? 'LATE_DELIVERY' : 'PROGRAM_CONSTRAINTS';
      const { carrierId, carrierName, serviceId, serviceName } = offer;
      refused.push({ carrierId, carrierName, serviceId, serviceName, code, message: serviceRefusals.texts[code].en });
      continue;
    }
    const validUntil = new Date(Math.min(offer.validUntil.getTime(), now.getTime() + MAX_VALIDITY_MS));
    const mayBeLate = deliverBy !== undefined && offer.latestDelivery > deliverBy;
    eligible.push({ ...offer, validUntil, benefits: benefitsOf(isTracked, mayBeLate) });
  }
  return { offers: eligible, refused };
}

function benefitsOf(isTracked: boolean, mayBeLate: boolean): Benefits {
  const reasons: BenefitExclusionReason[] = [];
  if (!isTracked) reasons.push('SERVICE_NOT_PROTECTED');
  if (mayBeLate) reasons.push('LATE_DELIVERY_RISK');
  if (reasons.length > 0) return { included: [], excluded: [{ benefit: 'CLAIMS_PROTECTED', reasons }] };
  return { included: ['CLAIMS_PROTECTED'], excluded: [] };
}
