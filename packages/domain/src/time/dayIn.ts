import { addCalendarDays, type CalendarDate, DAY_MS, utcDate, utcMidnight } from './calendarDate.ts';
import { zoneFormatter } from './timeZone.ts';

/** What the zone's clocks show at an instant, as if they were UTC, in epoch milliseconds. */
function clockReading(timeZone: string, epochMs: number): number {
  const shown: Record<string, number> = {};
  for (const { type, value } of zoneFormatter(timeZone).formatToParts(epochMs)) shown[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  const reading = new Date(0);
  reading.setUTCFullYear(year, month - 1, day);
  return reading.setUTCHours(hour, minute, second, ((epochMs % 1000) + 1000) % 1000);
}

/** The day the zone's calendars show at an instant. Throws RangeError on an unknown zone. */
export const calendarDateIn = (timeZone: string, instant: Date): CalendarDate =>
  utcDate(clockReading(timeZone, instant.getTime()));

/**
 * The first instant of a day in a zone: local midnight, the earlier one where clocks are set back over it, the end of
 * the gap where they are set forward over it. Throws RangeError on an unknown zone.
 */
export function startOfDayIn(timeZone: string, date: CalendarDate): Date {
  const midnight = utcMidnight(date);
  // A change of offset at this midnight lies between these two readings, and no zone changes twice in two days.
  const offsetBefore = clockReading(timeZone, midnight - DAY_MS) - (midnight - DAY_MS);
  const offsetAfter = clockReading(timeZone, midnight + DAY_MS) - (midnight + DAY_MS);
  const earlier = midnight - Math.max(offsetBefore, offsetAfter);
  const later = midnight - Math.min(offsetBefore, offsetAfter);
  if (clockReading(timeZone, earlier) === midnight) return new Date(earlier);
  return new Date(later);
}

/**
 * The last millisecond of a day in a zone: a ship-by date is kept by anything that happens at or before it (R17, R22).
 * Throws RangeError on an unknown zone.
 */
export const endOfDayIn = (timeZone: string, date: CalendarDate): Date =>
  new Date(startOfDayIn(timeZone, addCalendarDays(date, 1)).getTime() - 1);
