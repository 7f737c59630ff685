import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addCalendarDays, type CalendarDate, isCalendarDate, utcDate } from '../../src/time/calendarDate.ts';
import { calendarDateIn, endOfDayIn, startOfDayIn } from '../../src/time/dayIn.ts';

const day = (text: string): CalendarDate => {
  if (!isCalendarDate(text)) throw new Error(`not a date: ${text}`);
  return text;
};

const zones = [
  'America/Los_Angeles',
  'America/New_York',
  'America/Phoenix',
  'America/Anchorage',
  'Pacific/Honolulu',
  'America/Denver',
  'America/Sao_Paulo',
  'America/Santiago',
  'America/Havana',
  'Africa/Cairo',
  'Asia/Beirut',
  'Asia/Shanghai',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'UTC',
];

const dates = fc.integer({ min: Date.UTC(2012, 0, 1), max: Date.UTC(2037, 11, 31) }).map(utcDate);

describe('a day in a zone', () => {
  it('holds its first and last millisecond, and neither neighbour of them', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), dates, (zone, date) => {
        const start = startOfDayIn(zone, date).getTime();
        const end = endOfDayIn(zone, date).getTime();
        const shown = [start - 1, start, end, end + 1].map((ms) => calendarDateIn(zone, new Date(ms)));
        expect(shown).toEqual([addCalendarDays(date, -1), date, date, addCalendarDays(date, 1)]);
      }),
      { numRuns: 2000 },
    );
  });

  it('is 22 to 26 hours long', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), dates, (zone, date) => {
        const hours = (endOfDayIn(zone, date).getTime() + 1 - startOfDayIn(zone, date).getTime()) / 3_600_000;
        expect(hours).toBeGreaterThanOrEqual(22);
        expect(hours).toBeLessThanOrEqual(26);
      }),
    );
  });

  it.for([
    ['America/Los_Angeles', '2026-03-01', '2026-03-02T07:59:59.999Z'],
    // Clocks go forward on the morning of 8 March and back on 1 November.
    ['America/Los_Angeles', '2026-03-07', '2026-03-08T07:59:59.999Z'],
    ['America/Los_Angeles', '2026-03-08', '2026-03-09T06:59:59.999Z'],
    ['America/Los_Angeles', '2026-11-01', '2026-11-02T07:59:59.999Z'],
    ['America/New_York', '2026-07-04', '2026-07-05T03:59:59.999Z'],
    ['Pacific/Honolulu', '2026-07-04', '2026-07-05T09:59:59.999Z'],
    ['Asia/Shanghai', '2026-12-31', '2026-12-31T15:59:59.999Z'],
    ['UTC', '2028-02-29', '2028-02-29T23:59:59.999Z'],
  ] as const)('ends when its clocks say so: %s %s', ([zone, date, end]) => {
    expect(endOfDayIn(zone, day(date)).toISOString()).toBe(end);
  });

  it('begins after the gap where clocks skip midnight, and at the first of two midnights', () => {
    expect(startOfDayIn('America/Sao_Paulo', day('2018-11-04')).toISOString()).toBe('2018-11-04T03:00:00.000Z');
    expect(startOfDayIn('Africa/Cairo', day('2024-04-26')).toISOString()).toBe('2024-04-25T22:00:00.000Z');
    expect(startOfDayIn('America/Havana', day('2026-11-01')).toISOString()).toBe('2026-11-01T04:00:00.000Z');
  });

  it('is not guessed for a zone that does not exist', () => {
    expect(() => endOfDayIn('Mars/Olympus', day('2026-01-01'))).toThrow(RangeError);
  });
});
