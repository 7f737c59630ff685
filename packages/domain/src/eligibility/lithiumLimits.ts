import { inForce, type PolicyPeriod } from '../region/policyPeriod.ts';

/** Limits of Section II of packing instructions 965–970: below them a package needs no full dangerous-goods handling. */
export interface LithiumLimits extends PolicyPeriod {
  /** Watt-hours of one lithium-ion cell or battery. */
  readonly wattHours: Readonly<Record<'cell' | 'battery', number>>;
  /** Grams of lithium in one lithium-metal cell or battery. */
  readonly lithiumGrams: Readonly<Record<'cell' | 'battery', number>>;
  /** Net grams of batteries in a package. */
  readonly netWeightGrams: number;
  /** Highest state of charge of ion batteries packed with equipment, above a rating; null = no limit. */
  readonly charge: { readonly percent: number; readonly aboveWattHours: number } | null;
}

const section2 = {
  wattHours: { cell: 20, battery: 100 },
  lithiumGrams: { cell: 1, battery: 2 },
  netWeightGrams: 5_000,
} as const;

/** By date: from 2026 the state of charge is limited for batteries packed with equipment, too. */
export const lithiumLimitTable: readonly LithiumLimits[] = [
  { ...section2, charge: null, from: '1970-01-01', until: '2026-01-01' },
  { ...section2, charge: { percent: 30, aboveWattHours: 2.7 }, from: '2026-01-01' },
];

export const lithiumLimits = (now: Date): LithiumLimits =>
  lithiumLimitTable.find((limits) => inForce(limits, now)) ?? lithiumLimitTable.at(-1)!;
