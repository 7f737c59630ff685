import { addCalendarDays, type CalendarDate, utcDate } from '@ge/domain';
import { z } from 'zod';
import type { ReportDialect, ReportRange, WireReport } from '../port/dialect.ts';
import { pageOfPaymentLog, secondOf } from './paymentLog.ts';

const MINUTE_MS = 60_000;
/** A report reaches over less than 31 days. */
const MOST_DAYS = 29;

const TYPE = 'payment_log';
/** What a payment log says of a shipment only where it is asked to. */
const additionalColumns = ['shipment_id', 'other', 'amount_postage_fee'];

const day = z.iso.date().transform((date) => date as CalendarDate);

const states = { new: 'being_made', available: 'made', empty: 'empty', failed: 'failed' } as const;

const report = z
  .object({
    id: z.string().regex(/^plrep_\w{1,64}$/),
    status: z.enum(['new', 'available', 'empty', 'failed']).nullish(),
    start_date: day,
    end_date: day,
    created_at: z.iso.datetime({ offset: true }).transform((value) => new Date(value)),
    url: z.string().max(4_000).nullish(),
  })
  .transform(
    ({ id, status, start_date, end_date, created_at, url }): WireReport => ({
      id,
      range: { from: start_date, to: end_date },
      state: states[status ?? 'new'],
      createdAt: created_at,
      url: url ?? undefined,
    }),
  );

const reportList = z.object({ reports: z.array(report).max(100) });

const json = { 'content-type': 'application/json' };

/** How EasyPost's payment log is read as a statement. */
export interface PaymentLogTerms {
  readonly carrierId: string;
  /** What it wrote down less than this before a report may not all be in it. */
  readonly horizonMs: number;
  /** The day (UTC) that the first reading begins with; undefined = as far back as one report reaches. */
  readonly since: CalendarDate | undefined;
}

/** EasyPost's statement: its log of payments, in reports that it makes on demand. */
export const easypostReports = (terms: PaymentLogTerms): ReportDialect => ({
  ranges: (afterLineNo, now) => rangesAfter(afterLineNo, now, terms.since),
  list: () => ({ method: 'GET', path: `/v2/reports/${TYPE}?page_size=100`, headers: {} }),
  readList: (answer) => reportList.safeParse(answer).data?.reports,
  create: ({ from, to }) => ({
    method: 'POST',
    path: `/v2/reports/${TYPE}`,
    headers: json,
    body: JSON.stringify({ start_date: from, end_date: to, additional_columns: additionalColumns }),
  }),
  show: (id) => ({ method: 'GET', path: `/v2/reports/${encodeURIComponent(id)}`, headers: {} }),
  readReport: (answer) => report.safeParse(answer).data,
  isFresh: ({ state, createdAt }, now) => {
    const ageMs = now.getTime() - createdAt.getTime();
    if (state === 'failed') return false;
    return ageMs < (state === 'being_made' ? 60 : 10) * MINUTE_MS;
  },
  readPage: (text, made, asked) => pageOfPaymentLog(text, made, { ...asked, ...terms }),
});

/** As long as a report may be, and where that is too large a day. */
function rangesAfter(afterLineNo: number, now: Date, since: CalendarDate | undefined): readonly ReportRange[] {
  const today = utcDate(now.getTime());
  const begun = since ?? addCalendarDays(today, -MOST_DAYS + 1);
  const from = afterLineNo === 0 ? begun : utcDate(secondOf(afterLineNo) * 1_000);
  const tomorrow = addCalendarDays(today, 1);
  const next = addCalendarDays(from, 1);
  const to = [addCalendarDays(from, MOST_DAYS), tomorrow].toSorted()[0]!;
  return to > next
    ? [
        { from, to },
        { from, to: next },
      ]
    : [{ from, to: next }];
}
