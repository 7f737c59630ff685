import type { Problem } from '../problem/problem.ts';

/** Thrown for every answer that is a problem; `problem.errors` has each reason with its remedy. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly problem: Problem;
  /** What `Retry-After` says: when the same request may succeed. */
  readonly retryAfterSeconds: number | null;

  constructor(problem: Problem, retryAfterSeconds: number | null = null) {
    super(`${problem.status} ${problem.code}: ${problem.detail}`);
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Thrown when the server answers what the route does not declare. */
export class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer';

  constructor(message: string, cause?: unknown) {
    super(message, { cause });
  }
}
