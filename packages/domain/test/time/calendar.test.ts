import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addBusinessDays, BUSINESS_DAYS_LIMIT, isBusinessDay } from '../../src/time/businessDays.ts';
import {
  addCalendarDays,
  type CalendarDate,
  DAY_MS,
  isCalendarDate,
  utcDate,
  utcMidnight,
} from '../../src/time/calendarDate.ts';
import { parseTimeZone } from '../../src/time/timeZone.ts';

const dates = fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2099, 11, 31) }).map(utcDate);
const date = (text: string) => text as CalendarDate;

describe('a calendar date', () => {
  it.for(['2026-01-01', '2028-02-29', '1999-12-31', '0001-01-01'])('is read: %s', (text) => {
    expect(isCalendarDate(text)).toBe(true);
  });

  it.for([
    '',
    '2026-02-29',
    '2026-02-30',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '20260101',
    '2026-01-01T00:00:00Z',
    ' 2026-01-01',
    '+02026-01-01',
    '２０２６-01-01',
  ])('is refused: %s', (text) => {
    expect(isCalendarDate(text)).toBe(false);
  });

  it('plus days minus days is itself, and the span is what was added', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -5000, max: 5000 }), (from, days) => {
        const to = addCalendarDays(from, days);
        expect(isCalendarDate(to)).toBe(true);
        expect(addCalendarDays(to, -days)).toBe(from);
        expect(utcMidnight(to) - utcMidnight(from)).toBe(days * DAY_MS);
      }),
    );
  });

  it('takes whole days only', () => {
    expect(() => addCalendarDays(date('2026-01-01'), 0.5)).toThrow(RangeError);
  });
});

describe('business days', () => {
  const holidays = new Set([date('2026-11-26'), date('2026-12-25')]);

  it.for([
    ['2026-11-20', 1, '2026-11-23'],
    ['2026-11-21', 1, '2026-11-23'],
    ['2026-11-22', 1, '2026-11-23'],
    ['2026-11-23', 0, '2026-11-23'],
    ['2026-11-22', 0, '2026-11-23'],
    ['2026-11-23', 5, '2026-12-01'],
    ['2026-11-25', 1, '2026-11-27'],
    ['2026-11-26', 0, '2026-11-27'],
    ['2026-12-24', 1, '2026-12-28'],
  ] as const)('%s + %i = %s', ([from, days, to]) => {
    expect(addBusinessDays(date(from), days, holidays)).toBe(to);
  });

  it('end on a business day with exactly that many in between', () => {
    fc.assert(
      fc.property(
        dates,
        fc.integer({ min: 0, max: 60 }),
        fc.uniqueArray(dates, { maxLength: 5 }),
        (from, days, off) => {
          const closed = new Set(off);
          const to = addBusinessDays(from, days, closed);
          expect(isBusinessDay(to, closed)).toBe(true);
          let counted = 0;
          for (let day = from; day !== to; ) {
            day = addCalendarDays(day, 1);
            if (isBusinessDay(day, closed)) counted += 1;
          }
          expect(counted).toBe(days === 0 && !isBusinessDay(from, closed) ? 1 : days);
        },
      ),
    );
  });

  it.for([-1, 0.5, Number.NaN, BUSINESS_DAYS_LIMIT + 1])('are whole and bounded: %s', (days) => {
    expect(() => addBusinessDays(date('2026-01-01'), days)).toThrow(RangeError);
  });
});

describe('a time zone', () => {
  it.for([
    ['America/Los_Angeles', 'America/Los_Angeles'],
    ['america/new_york', 'America/New_York'],
    ['UTC', 'UTC'],
  ])('is read in any case: %s', ([written = '', zone]) => {
    expect(parseTimeZone(written)).toEqual({ ok: true, value: zone, warnings: [] });
  });

  it.for(['', 'Mars/Olympus', '+08:00', 'GMT+25', 'America/Los Angeles', '__proto__', 'x'.repeat(200)])(
    'is refused: %s',
    (written) => {
      expect(parseTimeZone(written, '/timeZone')).toMatchObject({
        ok: false,
        refusals: [{ code: 'time.zone_unknown' }],
      });
    },
  );
});
