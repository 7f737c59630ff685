import { addCalendarDays, type CalendarDate, utcMidnight } from './calendarDate.ts';

/** Days on which carriers do not work besides Saturdays and Sundays; data of whoever asks. */
export type Holidays = ReadonlySet<CalendarDate>;

const NO_HOLIDAYS: Holidays = new Set();

/** Longest span reckoned, in business days; a promise or a deadline is never further away. */
export const BUSINESS_DAYS_LIMIT = 1000;

/** Monday to Friday and no holiday. */
export function isBusinessDay(date: CalendarDate, holidays: Holidays = NO_HOLIDAYS): boolean {
  const weekday = new Date(utcMidnight(date)).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidays.has(date);
}

/**
 * The business day `days` after the date (0: the date itself or the next business day; one business day after a
 * Friday, a Saturday or a Sunday is Monday). RangeError unless 0 ≤ days ≤ `BUSINESS_DAYS_LIMIT` and whole, or when
 * the holidays leave no business day within a year.
 */
export function addBusinessDays(date: CalendarDate, days: number, holidays: Holidays = NO_HOLIDAYS): CalendarDate {
  if (!Number.isInteger(days) || days < 0 || days > BUSINESS_DAYS_LIMIT) {
    throw new RangeError(`business days must be whole and between 0 and ${BUSINESS_DAYS_LIMIT}`);
  }
  const next = (from: CalendarDate): CalendarDate => {
    let day = from;
    for (let tried = 0; tried < 366; tried += 1) {
      if (isBusinessDay(day, holidays)) return day;
      day = addCalendarDays(day, 1);
    }
    throw new RangeError('the holidays leave no business day within a year');
  };
  if (days === 0) return next(date);
  let day = date;
  for (let left = days; left > 0; left -= 1) day = next(addCalendarDays(day, 1));
  return day;
}
