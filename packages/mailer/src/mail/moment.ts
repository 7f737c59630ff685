import type { Locale } from '@ge/domain';

function zoneOrUtc(timeZone: string): string {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone });
    return timeZone;
  } catch {
    // The zone is always written beside the time, so UTC is never wrong, only less handy.
    return 'UTC';
  }
}

/** A moment as the seller reads it, with the zone named: `June 5, 2026, 5:00 PM (PDT)`, `2026年6月5日 17:00（PDT）`. */
export function formatMoment(moment: Date, locale: Locale, timeZone: string): string {
  const zone = zoneOrUtc(timeZone);
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: zone }).format(moment);
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: zone })
    .format(moment)
    .replace(/\s/gu, ' ');
  const name = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'short' })
    .formatToParts(moment)
    .find((part) => part.type === 'timeZoneName')?.value;
  return locale === 'zh-CN' ? `${day} ${time}（${name}）` : `${day}, ${time} (${name})`;
}

/** A count with the digit grouping of the language. */
export const formatCount = (count: number, locale: Locale): string => new Intl.NumberFormat(locale).format(count);
