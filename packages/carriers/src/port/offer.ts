import type { LabelFormat, Money, ServiceRefusalCode } from '@ge/domain';

export type Benefit = 'CLAIMS_PROTECTED';
export type BenefitExclusionReason = 'LATE_DELIVERY_RISK' | 'SERVICE_NOT_PROTECTED';

export interface Benefits {
  readonly included: readonly Benefit[];
  readonly excluded: readonly { readonly benefit: Benefit; readonly reasons: readonly BenefitExclusionReason[] }[];
}

/** A priced service that may be bought until `validUntil` by sending its token back. */
export interface Offer {
  readonly carrierId: string;
  readonly carrierName: string;
  readonly serviceId: string;
  readonly serviceName: string;
  readonly rate: Money;
  /** Days as `2026-11-22`. */
  readonly shipDate: string;
  readonly earliestDelivery: string;
  readonly latestDelivery: string;
  readonly benefits: Benefits;
  readonly labelFormats: readonly LabelFormat[];
  /** The service's own limits. */
  readonly maxWeightGrams: number;
  readonly maxSideMm: number;
  /** At most ten minutes after the quote. */
  readonly validUntil: Date;
  /** Opaque; belongs to the carrier. */
  readonly offerToken: string;
}

/** A service that this parcel cannot have, with the reason. */
export interface RefusedOffer {
  readonly carrierId: string;
  readonly carrierName: string;
  readonly serviceId: string;
  readonly serviceName: string;
  readonly code: ServiceRefusalCode;
  /** English text of the code; `serviceRefusals` has the Chinese one and the remedy. */
  readonly message: string;
}
