import { addCalendarDays, utcDate, utcMidnight } from '@ge/domain';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { WireReport } from '../port/dialect.ts';
import type { BilledLine, StatementPage } from '../port/outcome.ts';
import { splitOf } from './paymentSplit.ts';

const PAGE = 1_000;
/** A line's number: the second it was written in, its place among all of that second by id, and which part of it. */
const SECOND = 1_000_000;
const PLACE = 10;
const MOST_IN_A_SECOND = SECOND / PLACE;

/** The second (since 1970) that a line's number names. */
export const secondOf = (lineNo: number): number => Math.floor(lineNo / SECOND);

const word = z.string().max(60);

const payment = z.object({
  id: z.string().regex(/^paylog_\w{1,64}$/),
  created_at: z.iso.datetime({ offset: true }).transform((value) => Math.floor(Date.parse(value) / 1_000)),
  status: z.enum(['pending', 'complete', 'failure', 'creditable']),
  source_type: word,
  target_type: word,
  charge_type: word,
  amount: word,
  shipment_id: z.string().regex(/^(shp_\w{1,64})?$/),
  other: z.string().max(200),
  amount_postage_fee: word,
});

type Payment = z.output<typeof payment>;

interface Asked {
  readonly afterLineNo: number;
  readonly now: Date;
  readonly carrierId: string;
  readonly horizonMs: number;
}

/**
 * A page of a payment log. Whatever order the report is in, the same payment has the same number in every report of it, since
 * what is younger than the horizon is left for another time. So is what follows a payment for a shipment that is still pending.
 * undefined for what is no such log.
 */
export function pageOfPaymentLog(text: string, report: WireReport, asked: Asked): StatementPage | undefined {
  const payments = report.state === 'empty' ? [] : paymentsOf(text);
  if (!payments) return undefined;
  const begin = utcMidnight(report.range.from) / 1_000;
  const end = utcMidnight(report.range.to) / 1_000;
  const settled = Math.floor((report.createdAt.getTime() - asked.horizonMs) / 1_000);
  const pending = payments.flatMap(({ status, shipment_id, created_at }) =>
    status === 'pending' && shipment_id !== '' && created_at >= begin ? [created_at] : [],
  );
  const until = pending.reduce((least, second) => Math.min(least, second), Math.min(end, settled));
  const known = payments.filter(({ created_at }) => created_at >= begin && created_at < until);
  const lines: BilledLine[] = [];
  for (const [second, all] of Map.groupBy(known, ({ created_at }) => created_at)) {
    if (all.length > MOST_IN_A_SECOND) return undefined;
    const inOrder = all.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    for (const [place, one] of inOrder.entries()) {
      const billed = linesOf(one, second * SECOND + place * PLACE, asked.carrierId);
      if (!billed) return undefined;
      lines.push(...billed);
    }
  }
  const wanted = lines.filter(({ lineNo }) => lineNo > asked.afterLineNo).sort((a, b) => a.lineNo - b.lineNo);
  const page = wanted.slice(0, PAGE);
  const asOf = new Date(until * 1_000);
  if (wanted.length > PAGE) return { lines: page, next: page.at(-1)!.lineNo, asOf };
  const tomorrow = addCalendarDays(utcDate(asked.now.getTime()), 1);
  return { lines: page, next: until === end && report.range.to < tomorrow ? end * SECOND : null, asOf };
}

const names = Object.keys(payment.shape);

/** undefined where a column is missing, a row cannot be read, or a payment is there twice. */
function paymentsOf(text: string): readonly Payment[] | undefined {
  let header: readonly string[] = [];
  const columns = (given: readonly string[]) => {
    header = given;
    return [...given];
  };
  let records: unknown;
  try {
    records = parse(text, { bom: true, columns, skip_empty_lines: true, max_record_size: 10_000 });
  } catch {
    return undefined;
  }
  // Without rows nothing else tells a log from any other text.
  if (!names.every((name) => header.includes(name))) return undefined;
  const { data } = z.array(payment).safeParse(records);
  return data && new Set(data.map(({ id }) => id)).size === data.length ? data : undefined;
}

/** What a payment bills of a shipment, none for one of another kind; undefined where nobody can say who paid whom. */
function linesOf(one: Payment, number: number, carrierId: string): readonly BilledLine[] | undefined {
  if (one.shipment_id === '' || one.status === 'failure') return [];
  const at = new Date(one.created_at * 1_000);
  return splitOf(one)?.map(({ kind, minor }, part) => ({
    carrierId,
    lineNo: number + part + 1,
    kind,
    reference: null,
    shipmentRef: one.shipment_id,
    minor,
    currency: 'USD',
    at,
  }));
}
