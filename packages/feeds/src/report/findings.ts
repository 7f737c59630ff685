import type { Locale } from '@ge/domain';
import type { FeedCode } from '../problem/code.ts';
import { describeFeedProblem, feedCodes, problem } from '../problem/problem.ts';
import { noProblems, type RowProblem } from '../record/record.ts';
import type { ReportRow } from './report-row.ts';

export interface Finding {
  readonly code: string;
  readonly type: 'Fatal' | 'Error' | 'Warning';
  /** What is wrong and what to do. */
  readonly message: string;
}

const superseded: readonly RowProblem[] = [problem('GE-15033')];
const notAttempted: readonly RowProblem[] = [problem('GE-15034')];

/** What is to be said of a row; an outcome that needs a word gets it even where nothing was noted. */
function problemsOf(row: ReportRow): readonly RowProblem[] {
  if (row.outcome === 'superseded' && !row.problems.some(({ code }) => code === 'GE-15033')) {
    return [...row.problems, ...superseded];
  }
  if (row.outcome === 'not_attempted' && row.problems.length === 0) return notAttempted;
  return row.problems.length === 0 ? noProblems : row.problems;
}

function typeOf(found: RowProblem, recordNo: number): Finding['type'] {
  if (found.severity === 'warning') return 'Warning';
  const severity = (feedCodes as Readonly<Record<string, FeedCode>>)[found.code]?.severity;
  return recordNo === 0 && severity === 'fatal' ? 'Fatal' : 'Error';
}

export function* findingsOf(row: ReportRow, locale: Locale): Generator<Finding> {
  for (const found of problemsOf(row)) {
    const { message, remedy } = describeFeedProblem(found, locale);
    const gap = locale === 'zh-CN' || remedy === '' ? '' : ' ';
    yield { code: found.code, type: typeOf(found, row.recordNo), message: message + gap + remedy };
  }
}
