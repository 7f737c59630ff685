import { type CalendarDate, utcDate } from '../time/calendarDate.ts';

const HOUR_MS = 3_600_000;

/**
 * The day for which a carrier's statement is to be read now; null where it was owed for that day already. Days begin at `hour` by
 * UTC. However many were missed, one reading makes up for them: it begins where the last one ended.
 * @param owedFor the day for which it was owed last; null where it never was
 * @param hour from 0 to 23
 */
export function readingDue(owedFor: CalendarDate | null, hour: number, now: Date): CalendarDate | null {
  const day = utcDate(now.getTime() - hour * HOUR_MS);
  return owedFor === null || owedFor < day ? day : null;
}
