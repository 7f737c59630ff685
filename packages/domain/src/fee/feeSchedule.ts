import type { Currency, Money } from '../money/money.ts';
import type { DestinationCode } from '../region/destination.ts';
import type { FeeModel, PriceBandedFee } from './feeModel.ts';

/** A zone of destinations with the same fees, numbered from near to far: `Z1`, `Z2`, … */
export type ZoneId = `Z${number}`;

export interface FeeZone {
  readonly zone: ZoneId;
  readonly en: string;
  readonly zh: string;
  /** Regions and countries; the narrowest entry that holds a country decides its zone. */
  readonly destinations: readonly DestinationCode[];
  readonly perShipment: Money;
  readonly perKg: Money;
  /** The default for templates that charge by price band. */
  readonly priceBanded: PriceBandedFee;
}

/** The programme's fees by destination zone, from a day on. Versions are never edited, only followed by newer ones. */
export interface FeeSchedule {
  readonly version: number;
  /** ISO date (UTC), inclusive. */
  readonly effectiveFrom: string;
  readonly currency: Currency;
  readonly zones: readonly FeeZone[];
}

export interface ZoneFee {
  readonly zone: ZoneId;
  readonly model: FeeModel;
  /** Who wrote the amounts last: the pre-fill, or the seller (R10). */
  readonly setBy: 'programme' | 'seller';
}

/** The international half of a template: one fee per zone of the schedule it was pre-filled from. */
export interface InternationalFees {
  readonly scheduleVersion: number;
  readonly zones: readonly ZoneFee[];
}
