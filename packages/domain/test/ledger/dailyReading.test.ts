import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readingDue } from '../../src/ledger/dailyReading.ts';
import type { CalendarDate } from '../../src/time/calendarDate.ts';

const at = (written: string) => new Date(`${written}:00Z`);

describe('the daily reading of a statement', () => {
  it('is due once its hour has come, and a missed day until the next one', () => {
    const owedFor = '2026-11-27' as CalendarDate;
    expect(readingDue(owedFor, 3, at('2026-11-28T02:59'))).toBeNull();
    expect(readingDue(owedFor, 3, at('2026-11-28T03:00'))).toBe('2026-11-28');
    expect(readingDue(owedFor, 3, at('2026-12-02T02:00'))).toBe('2026-12-01');
    expect(readingDue(null, 3, at('2026-11-28T02:59'))).toBe('2026-11-27');
  });

  it('is due once for each day, however often and in whatever order it is asked', () => {
    const minutes = fc.array(fc.integer({ min: 0, max: 6 * 1_440 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(minutes, fc.integer({ min: 0, max: 23 }), (looks, hour) => {
        let owedFor: CalendarDate | null = null;
        const owed: string[] = [];
        for (const minute of looks) {
          const day = readingDue(owedFor, hour, new Date(Date.UTC(2026, 10, 27) + minute * 60_000));
          if (day === null) continue;
          owed.push(day);
          owedFor = day;
        }
        expect(new Set(owed).size).toBe(owed.length);
        // Whatever was asked about last, its day was owed by then, or a later one.
        const last = Math.max(...looks);
        expect(readingDue(owedFor, hour, new Date(Date.UTC(2026, 10, 27) + last * 60_000))).toBeNull();
      }),
    );
  });
});
