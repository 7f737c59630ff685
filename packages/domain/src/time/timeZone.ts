import { accept, type Decision, refuse } from '../refusal/refusal.ts';
import { timeRefusals } from './timeRefusals.ts';

declare const brand: unique symbol;

/** A name of the IANA time zone database in its usual writing, `America/Los_Angeles`. */
export type TimeZone = string & { readonly [brand]: 'TimeZone' };

// Making a formatter costs far more than using it, and the names are few.
const formatters = new Map<string, Intl.DateTimeFormat>();

/** Formats an instant as numeric year to second in the zone. Throws RangeError on a name outside the database. */
export function zoneFormatter(timeZone: string): Intl.DateTimeFormat {
  const kept = formatters.get(timeZone);
  if (kept) return kept;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  // Only the usual writing is kept, so other writings of a name cannot fill the map.
  if (made.resolvedOptions().timeZone === timeZone) formatters.set(timeZone, made);
  return made;
}

/** Reads a zone name in any case; offsets such as `+08:00` are refused, they know no summer time. `field`: JSON pointer. */
export function parseTimeZone(written: string, field = ''): Decision<TimeZone> {
  if (/^[A-Za-z][A-Za-z0-9_+/-]{1,63}$/.test(written)) {
    try {
      return accept(zoneFormatter(written).resolvedOptions().timeZone as TimeZone);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return refuse(timeRefusals.refusal('time.zone_unknown', field));
}
