import { accept, type Decision, refuse } from '../refusal/refusal.ts';
import type { Seller } from '../seller/seller.ts';
import { enrollmentRefusals } from './enrollmentRefusals.ts';

/** Only sellers established in the United States may join (R1). */
export const sellerEligibility = (seller: Pick<Seller, 'country'>): Decision<'eligible'> =>
  seller.country === 'US'
    ? accept('eligible')
    : refuse(enrollmentRefusals.refusal('seller.not_in_united_states', '/seller', { country: seller.country }));
