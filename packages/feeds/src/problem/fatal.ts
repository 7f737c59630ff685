import type { DescribedRefusal, Locale } from '@ge/domain';
import type { RowProblem } from '../record/record.ts';
import { describeFeedProblem, type FileCodeName, problem } from './problem.ts';

/**
 * The file cannot be read at all: thrown before the first record is given, so nothing was applied and the feed ends FATAL.
 * The message holds codes, limits and header names only, never cells of a record.
 */
export class FeedFatal extends Error {
  readonly problem: RowProblem;

  constructor(found: RowProblem) {
    super(`${found.code}: ${describeFeedProblem(found, 'en-US').message}`);
    this.name = 'FeedFatal';
    this.problem = found;
  }

  get code(): string {
    return this.problem.code;
  }

  /** What is wrong and what to do, for the seller. */
  describe(locale: Locale): DescribedRefusal {
    return describeFeedProblem(this.problem, locale);
  }
}

/** Raised while reading wherever the file cannot go on; becomes a `FeedFatal` or a `break` record. */
export class FeedStop extends Error {
  readonly problem: RowProblem;

  constructor(code: FileCodeName, params: RowProblem['params'] = {}) {
    super(code);
    this.problem = problem(code, params);
  }
}
