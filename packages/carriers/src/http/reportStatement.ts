import type { ReportDialect, ReportRange, WireReport } from '../port/dialect.ts';
import type { HeldCall } from '../port/gate.ts';
import type { StatementOutcome } from '../port/outcome.ts';
import type { Exchange, HttpCall } from './exchange.ts';
import { unavailableReason, type Verdict } from './verdict.ts';

type Unanswered = Exclude<Verdict, { readonly kind: 'done' }> | HeldCall;

/** Why there is no page, where the question itself went unanswered. */
export function unansweredStatement(verdict: Unanswered): StatementOutcome {
  if (verdict.kind === 'held') return verdict;
  if (verdict.kind === 'unknown') return { ...verdict, kind: 'unavailable' };
  const reason = unavailableReason(verdict.refusal) ?? 'UNEXPECTED_STATUS';
  return { kind: 'unavailable', reason, retryAfterSeconds: verdict.refusal.retryAfterSeconds };
}

/** How a carrier is asked, and how a file is fetched. */
export interface ReportCalls {
  ask(call: HttpCall): Promise<Verdict | HeldCall>;
  download(url: string): Promise<Exchange | undefined>;
}

const unreadable: StatementOutcome = { kind: 'unavailable', reason: 'ANSWER_UNREADABLE' };
const beingMade: StatementOutcome = { kind: 'being_made' };

/** A page out of a carrier's report; has the report made where there is none. */
export async function statementOfReports(
  reports: ReportDialect,
  calls: ReportCalls,
  asked: { readonly afterLineNo: number; readonly now: Date },
): Promise<StatementOutcome> {
  const listed = await calls.ask(reports.list());
  if (listed.kind !== 'done') return unansweredStatement(listed);
  const known = reports.readList(listed.json);
  if (!known) return unreadable;
  for (const range of reports.ranges(asked.afterLineNo, asked.now)) {
    const report = known
      .filter((one) => isAbout(one, range) && reports.isFresh(one, asked.now))
      .toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime())[0];
    if (!report) {
      const created = await calls.ask(reports.create(range));
      if (created.kind !== 'done') return unansweredStatement(created);
      // One of other days would never be found again, and be ordered for ever.
      return isAbout(reports.readReport(created.json), range) ? beingMade : unreadable;
    }
    if (report.state === 'being_made') return beingMade;
    const text = report.state === 'empty' ? '' : await textOf(reports, calls, report);
    if (text === 'too large') continue;
    if (typeof text === 'object') return text;
    const page = reports.readPage(text, report, asked);
    return page ? { kind: 'page', ...page } : unreadable;
  }
  return { kind: 'unavailable', reason: 'ANSWER_TOO_LARGE' };
}

const isAbout = (report: WireReport | undefined, { from, to }: ReportRange): boolean =>
  report?.range.from === from && report.range.to === to;

/** A report's own text, or why there is none. */
async function textOf(
  reports: ReportDialect,
  calls: ReportCalls,
  { id }: WireReport,
): Promise<string | 'too large' | StatementOutcome> {
  const shown = await calls.ask(reports.show(id));
  if (shown.kind !== 'done') return unansweredStatement(shown);
  const report = reports.readReport(shown.json);
  if (report?.id !== id) return unreadable;
  if (!report.url) return beingMade;
  const file = await calls.download(report.url);
  if (file?.kind === 'lost' && file.reason === 'ANSWER_TOO_LARGE') return 'too large';
  if (file?.kind !== 'answered' || file.status !== 200) return { kind: 'unavailable', reason: 'DOCUMENT_NOT_FETCHED' };
  return file.body;
}
