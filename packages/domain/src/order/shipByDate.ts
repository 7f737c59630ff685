import { addBusinessDays } from '../time/businessDays.ts';
import { calendarDateIn, endOfDayIn } from '../time/dayIn.ts';

/**
 * The last moment of the ship-by date: `handlingDays` business days after the day it is in the seller's zone
 * (with 0, that day itself if it is a business day). Throws RangeError on an unknown zone.
 */
export const shipByDate = (from: Date, handlingDays: number, timeZone: string): Date =>
  endOfDayIn(timeZone, addBusinessDays(calendarDateIn(timeZone, from), handlingDays));
