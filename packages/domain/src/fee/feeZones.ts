import type { CountryCode } from '../identity/ids.ts';
import { inForce } from '../region/policyPeriod.ts';
import { regionsOf } from '../region/regionTree.ts';
import type { FeeSchedule, FeeZone, ZoneId } from './feeSchedule.ts';
import { feeSchedules } from './feeScheduleData.ts';

/** The schedule with that version, or null. */
export const feeScheduleOf = (version: number): FeeSchedule | null =>
  feeSchedules.find((schedule) => schedule.version === version) ?? null;

/** The schedule that templates are pre-filled from on that day: the newest in effect, before all of them the first. */
export const currentFeeSchedule = (now: Date): FeeSchedule =>
  feeSchedules.findLast(({ effectiveFrom }) => inForce({ from: effectiveFrom }, now)) ?? feeSchedules[0]!;

/** A country's zone: by its own code, else by the narrowest region the schedule names; null where it names none. */
export function zoneOf(schedule: FeeSchedule, country: CountryCode): FeeZone | null {
  for (const code of [country, ...regionsOf(country)]) {
    const zone = schedule.zones.find(({ destinations }) => destinations.includes(code));
    if (zone) return zone;
  }
  return null;
}

export const zoneIdsOf = (schedule: FeeSchedule): readonly ZoneId[] => schedule.zones.map(({ zone }) => zone);
