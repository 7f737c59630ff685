import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addBusinessDays, BUSINESS_DAYS_LIMIT, isBusinessDay } from '../../src/time/businessDays.ts';
import {
  addCalendarDays,
  type CalendarDate,
  calendarDaysBetween,
  isCalendarDate,
  parseCalendarDate,
  utcDate,
} from '../../src/time/calendarDate.ts';
import { parseInstant } from '../../src/time/instant.ts';
import { parseTimeZone } from '../../src/time/timeZone.ts';

const dates = fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2099, 11, 31) }).map(utcDate);
const date = (text: string) => text as CalendarDate;

describe('a calendar date', () => {
  it.for(['2026-01-01', '2028-02-29', '1999-12-31', '0001-01-01'])('is read: %s', (text) => {
    expect(parseCalendarDate(text)).toEqual({ ok: true, value: text, warnings: [] });
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
    expect(parseCalendarDate(text, '/shipBy')).toMatchObject({
      ok: false,
      refusals: [{ code: 'time.date_malformed', field: '/shipBy' }],
    });
  });

  it('plus days minus days is itself, and the span is what was added', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -5000, max: 5000 }), (from, days) => {
        const to = addCalendarDays(from, days);
        expect(isCalendarDate(to)).toBe(true);
        expect(addCalendarDays(to, -days)).toBe(from);
        expect(calendarDaysBetween(from, to)).toBe(days);
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

describe('an instant', () => {
  it.for([
    ['2026-03-01T17:00:00Z', '2026-03-01T17:00:00.000Z'],
    ['2026-03-01T17:00Z', '2026-03-01T17:00:00.000Z'],
    ['2026-03-01T09:00:00-08:00', '2026-03-01T17:00:00.000Z'],
    ['2026-03-01T23:59:59.9996+08:00', '2026-03-01T15:59:59.999Z'],
    ['2026-03-01T00:00:00.123456789Z', '2026-03-01T00:00:00.123Z'],
  ])('is read: %s', ([text = '', iso]) => {
    const decision = parseInstant(text);
    expect(decision.ok && decision.value.toISOString()).toBe(iso);
  });

  it.for([
    '',
    'now',
    '2026-03-01',
    '2026-03-01T17:00:00',
    '2026-02-30T00:00:00Z',
    '2026-03-01T24:00:00Z',
    '2026-03-01T17:60:00Z',
    '2026-03-01 17:00:00Z',
    '1772384400000',
    'Sun, 01 Mar 2026 17:00:00 GMT',
    '2026-03-01T17:00:00+0800',
    '2026-03-01T17:00:00+15:00',
    '2026-03-01T17:00:00.Z',
  ])('is refused: %s', (text) => {
    expect(parseInstant(text, '/at')).toMatchObject({
      ok: false,
      refusals: [{ code: 'time.instant_malformed', field: '/at' }],
    });
  });

  it('written by Date is read back, and no string at all throws', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date(Date.UTC(9999, 0, 1)), noInvalidDate: true }), (at) => {
        expect(parseInstant(at.toISOString())).toEqual({ ok: true, value: at, warnings: [] });
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(parseInstant(text).ok).toBe(false);
        expect(parseTimeZone(`?${text}`).ok).toBe(false);
      }),
    );
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
