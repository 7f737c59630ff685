import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { easypostReports } from '../src/easypost/reports.ts';
import type { WireReport } from '../src/port/dialect.ts';
import { HEADER, log, type Row, row } from './paymentLogFixture.ts';

const reports = easypostReports({ carrierId: 'easypost', horizonMs: 600_000, since: undefined });
const now = new Date('2026-11-27T12:00:00Z');
const made = (change: Partial<WireReport> = {}): WireReport => ({
  id: 'plrep_1',
  range: reports.ranges(0, now)[0]!,
  state: 'made',
  createdAt: now,
  ...change,
});

const page = (text: string, afterLineNo = 0, report = made()) => reports.readPage(text, report, { afterLineNo, now });
const parts = (one: Row) => page(log(row(one)))?.lines.map(({ kind, minor }) => [kind, minor]);

describe('a payment for a shipment is', () => {
  const credit = 'refund,user';
  it.each<[string, Omit<Row, 'id'>, [string, number][] | undefined]>([
    ['the charge of its label', {}, [['charge', 820]]],
    [
      'its postage and EasyPost’s own fees, rounded to the cent',
      { amount: '$8.24500' },
      [
        ['charge', 820],
        ['adjustment', 5],
      ],
    ],
    ['its postage alone where fees are less than half a cent', { amount: '$8.20499' }, [['charge', 820]]],
    [
      'EasyPost’s fee alone where the carrier behind bills the postage',
      { amount: '$0.05000', postage: '$0.00000' },
      [
        ['billed_elsewhere', 0],
        ['adjustment', 5],
      ],
    ],
    ['all postage where it is not split', { postage: '' }, [['charge', 820]]],
    ['a thousand dollars and more', { amount: '"$1,234.50000"', postage: '' }, [['charge', 123_450]]],
    ['what the carrier billed after weighing it', { other: 'delta', postage: '' }, [['adjustment', 820]]],
    ['what the carrier gave back after it', { way: credit, type: 'partial_refund' }, [['adjustment', -820]]],
    ['its refund', { way: credit, type: 'refund', postage: '' }, [['refund', 820]]],
    [
      'its refund, fees and all',
      { way: credit, type: 'refund', amount: '$8.25000' },
      [
        ['refund', 820],
        ['adjustment', -5],
      ],
    ],
    [
      'no refund where nothing was charged here',
      { way: credit, type: 'refund', amount: '$0.00000', postage: '$0.00000' },
      [],
    ],
    ['nothing where it failed', { status: 'failure' }, []],
    ['money of a kind not known, all the same', { type: 'surcharge', postage: '' }, [['adjustment', 820]]],
    ['unreadable where nobody can say who paid', { way: 'user,bank_account' }, undefined],
    ['unreadable where its postage is more than all of it', { amount: '$1.00000' }, undefined],
    ['unreadable with more decimals than EasyPost counts', { amount: '$8.200001' }, undefined],
    ['unreadable below zero', { amount: '-$8.20000' }, undefined],
  ])('%s', (_, one, expected) => {
    expect(parts({ id: '1', ...one })).toEqual(expected);
  });

  it('not meant where it names none: what the account pays for itself is no label’s', () => {
    const recharge = row({
      id: '1',
      way: 'credit_card,user',
      type: 'recharge',
      amount: '"$1,000.00"',
      shipment: '',
      postage: '',
    });
    expect(page(log(recharge))).toMatchObject({ lines: [], next: null });
  });
});

describe('a payment log', () => {
  const moments = fc.integer({ min: 0, max: 40 }).map((s) => new Date(Date.UTC(2026, 10, 26, 10, 0, s)).toISOString());
  const rows = fc.uniqueArray(
    fc.record({ id: fc.stringMatching(/^[0-9a-f]{6}$/), at: moments, shipment: fc.constantFrom('', 'shp_1', 'shp_2') }),
    { selector: ({ id }) => id, maxLength: 40 },
  );

  it('numbers a payment alike in every report of it, whatever order and days it is asked for by', () => {
    fc.assert(
      fc.property(rows, fc.infiniteStream(fc.nat()), (all, order) => {
        const whole = page(log(...all.map(row)));
        const shuffled = all.toSorted(() => (order.next().value % 3) - 1);
        const short = made({ range: { from: '2026-11-26' as never, to: '2026-11-28' as never } });
        expect(page(log(...shuffled.map(row)), 0, short)).toEqual(whole);
        const numbers = whole!.lines.map(({ lineNo }) => lineNo);
        expect(new Set(numbers).size).toBe(numbers.length);
        expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
        expect(numbers.every(Number.isSafeInteger)).toBe(true);
      }),
    );
  });

  it('goes on after any of its lines, and none is told twice or left out', () => {
    fc.assert(
      fc.property(rows, fc.nat(), (all, pick) => {
        const text = log(...all.map(row));
        const { lines } = page(text)!;
        const stop = lines[pick % Math.max(1, lines.length)];
        if (!stop) return;
        expect(page(text, stop.lineNo)!.lines).toEqual(lines.filter(({ lineNo }) => lineNo > stop.lineNo));
      }),
    );
  });

  it('comes in pages, each going on after the last line of the one before', () => {
    const many = Array.from({ length: 1_001 }, (_, i) => row({ id: String(i).padStart(5, '0') }));
    const first = page(log(...many))!;
    expect(first.lines).toHaveLength(1_000);
    expect(first.next).toBe(first.lines.at(-1)!.lineNo);
    expect(page(log(...many), first.next!)).toMatchObject({ lines: [{ shipmentRef: 'shp_1' }], next: null });
  });

  it('is left alone where more may still turn up: what is younger than the horizon, and what follows something pending', () => {
    const young = row({ id: '2', at: '2026-11-27T11:50:00Z' });
    const old = row({ id: '1', at: '2026-11-27T11:49:59Z' });
    expect(page(log(young, old))).toMatchObject({
      lines: [{ at: new Date('2026-11-27T11:49:59Z') }],
      asOf: new Date('2026-11-27T11:50:00Z'),
    });
    const pending = row({ id: '0', at: '2026-11-27T09:00:00Z', status: 'pending' });
    expect(page(log(pending, old, row({ id: '3', at: '2026-11-27T08:59:59Z' })))!.lines).toHaveLength(1);
  });

  it('that ends before today is followed by the days after it, though nothing was paid in it', () => {
    const range = { from: '2026-09-01' as never, to: '2026-09-30' as never };
    const quiet = page('', 0, made({ range, state: 'empty' }))!;
    expect(quiet.lines).toEqual([]);
    expect(reports.ranges(quiet.next!, now)[0]).toEqual({ from: '2026-09-30', to: '2026-10-29' });
  });

  it('is asked for as far back as one report reaches, from a day on where the installation names one, and never past tomorrow', () => {
    expect(reports.ranges(0, now)).toEqual([
      { from: '2026-10-30', to: '2026-11-28' },
      { from: '2026-10-30', to: '2026-10-31' },
    ]);
    const since = easypostReports({ carrierId: 'easypost', horizonMs: 0, since: '2026-01-01' as never });
    expect(since.ranges(0, now)[0]).toEqual({ from: '2026-01-01', to: '2026-01-30' });
    const today = page(log(row({ id: '1', at: '2026-11-27T11:00:00Z' })))!.lines[0]!;
    expect(reports.ranges(today.lineNo, now)).toEqual([{ from: '2026-11-27', to: '2026-11-28' }]);
  });

  it.each([
    ['without a column that is needed', log(row({ id: '1' })).replace('shipment_id', 'shipment')],
    ['with a row that is cut', `${log(row({ id: '1' }))}2026-11-26T10:00:00Z,paylog_2`],
    ['with a payment twice', log(row({ id: '1' }), row({ id: '1' }))],
    ['with another’s shipment', log(row({ id: '1', shipment: '../shp_1' }))],
    ['with a status nobody knows', log(row({ id: '1', status: 'perhaps' }))],
    ['that is a page to sign in at', '<html><body>Sign in</body></html>'],
    ['with a quote that never ends', `${HEADER}\n"${'x'.repeat(50_000)}`],
    ['with a field of its own size', log(row({ id: 'x'.repeat(20_000) }))],
    ['that is empty', ''],
  ])('%s is no log', (_, text) => {
    expect(page(text)).toBeUndefined();
  });
});
