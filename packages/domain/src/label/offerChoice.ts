import { accept, type Decision, type Refusal, refuse } from '../refusal/refusal.ts';
import { labelRefusals } from './labelRefusals.ts';
import { isProtectedOffer, type OfferJudgement, type ShippingOffer } from './shippingOffer.ts';

/** `protected`: the cheapest with claims protection (R22); `cheapest`: whatever costs least. */
export type OfferPreference = 'protected' | 'cheapest';

/** Chooses for a seller who names no offer. `protected` is never quietly replaced by an unprotected service. */
export function chooseOffer<Offer extends ShippingOffer>(
  judgement: OfferJudgement<Offer>,
  preference: OfferPreference,
): Decision<Offer> {
  const first = judgement.eligible[0];
  if (!first) {
    const reasons = judgement.refused.flatMap(({ refusals }) => refusals);
    return refuse(labelRefusals.refusal('label.no_offer', ''), ...reasons);
  }
  if (preference === 'cheapest') return accept(first);
  const sheltered = judgement.eligible.find(isProtectedOffer);
  return sheltered ? accept(sheltered) : refuse(labelRefusals.refusal('label.no_protected_offer', ''));
}

/** For a caller who names an offer that nobody made for this order. */
export const noSuchOffer = (field: string): Refusal => labelRefusals.refusal('label.quote_unknown', field);
