import { accept, type Decision, refuse } from '../refusal/refusal.ts';
import { isCalendarDate } from './calendarDate.ts';
import { timeRefusals } from './timeRefusals.ts';

const INSTANT =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;

/**
 * Reads an ISO 8601 instant with its offset (`Z` or `±hh:mm`), to the millisecond; finer digits are cut off. Refuses
 * local times, other spellings Date would guess at, and days that do not exist. `field` is the JSON pointer to it.
 */
export function parseInstant(written: string, field = ''): Decision<Date> {
  const day = INSTANT.exec(written)?.[1];
  if (day === undefined || !isCalendarDate(day)) return refuse(timeRefusals.refusal('time.instant_malformed', field));
  return accept(new Date(written.replace(/(\.\d{3})\d+/, '$1')));
}
