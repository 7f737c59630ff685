declare const brand: unique symbol;

/** A day of the calendar, `YYYY-MM-DD`, without time or zone. Compares and sorts as text. */
export type CalendarDate = string & { readonly [brand]: 'CalendarDate' };

export const DAY_MS = 86_400_000;

/** UTC midnight of the day, in epoch milliseconds: a number to reckon with, not the day's beginning anywhere else. */
export const utcMidnight = (date: CalendarDate): number => Date.parse(`${date}T00:00:00Z`);

/** The day that a UTC instant falls on in UTC. Throws RangeError outside the years 0000 to 9999. */
export function utcDate(epochMs: number): CalendarDate {
  const text = new Date(epochMs).toISOString();
  if (text.length !== 24) throw new RangeError('calendar dates reach from year 0000 to 9999');
  return text.slice(0, 10) as CalendarDate;
}

/** Whether a day that exists is written so: neither `2026-02-30` nor `2026-2-3`. */
export function isCalendarDate(written: string): written is CalendarDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(written)) return false;
  const epochMs = Date.parse(`${written}T00:00:00Z`);
  return !Number.isNaN(epochMs) && utcDate(epochMs) === written;
}

/** `days` later, or earlier when negative; every day counts. Whole days only (RangeError). */
export function addCalendarDays(date: CalendarDate, days: number): CalendarDate {
  if (!Number.isSafeInteger(days)) throw new RangeError('days must be whole');
  return utcDate(utcMidnight(date) + days * DAY_MS);
}
