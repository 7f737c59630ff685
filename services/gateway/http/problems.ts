import {
  describeHttpProblem,
  findingOf,
  type HttpProblemCode,
  httpProblems,
  type Problem,
  refusedStatus,
} from '@ge/api';
import { describeRefusal, type Locale } from '@ge/domain';
import { isPassing } from '@ge/runtime';
import { HttpRefusal, Malformed, Refused } from './refused.ts';

export interface ProblemAnswer {
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;
  /** Set when the cause is ours and belongs into the log. */
  readonly unexpected: boolean;
}

const instanceOf = (requestId: string) => `urn:ge:request:${requestId}`;

function httpProblem(code: HttpProblemCode, locale: Locale, requestId: string): Problem {
  const { message, remedy } = describeHttpProblem(code, locale);
  const { status } = httpProblems[code];
  return {
    type: `/docs#${code}`,
    title: message,
    status,
    code,
    detail: `${message} ${remedy}`,
    instance: instanceOf(requestId),
    errors: [],
  };
}

function malformed(error: Malformed, locale: Locale, requestId: string): Problem {
  const problem = httpProblem(error.code, locale, requestId);
  const { remedy } = describeHttpProblem(error.code, locale);
  const errors = error.issues.map(({ code, field, message }) => ({ code, rule: null, field, message, remedy }));
  return { ...problem, errors };
}

function refused({ refusals }: Refused, locale: Locale, requestId: string): Problem {
  const first = refusals[0]!;
  const { message, remedy } = describeRefusal(first, locale);
  return {
    type: `/docs#${first.code}`,
    title: message,
    status: refusedStatus,
    code: first.code,
    detail: remedy === '' ? message : `${message} ${remedy}`,
    instance: instanceOf(requestId),
    errors: refusals.map((refusal) => findingOf(refusal, locale)),
  };
}

/** The answer to whatever was thrown. Never tells more of an unexpected error than that there was one. */
export function problemOf(error: unknown, locale: Locale, requestId: string): ProblemAnswer {
  if (error instanceof Malformed) {
    return { problem: malformed(error, locale, requestId), headers: {}, unexpected: false };
  }
  if (error instanceof HttpRefusal) {
    return { problem: httpProblem(error.code, locale, requestId), headers: error.headers, unexpected: false };
  }
  if (error instanceof Refused) return { problem: refused(error, locale, requestId), headers: {}, unexpected: false };
  if (sqlStateOf(error) === '23505') {
    return { problem: httpProblem('http.conflict', locale, requestId), headers: {}, unexpected: false };
  }
  if (isPassing(error)) {
    const headers = { 'Retry-After': '1' };
    return { problem: httpProblem('http.unavailable', locale, requestId), headers, unexpected: true };
  }
  return { problem: httpProblem('http.internal', locale, requestId), headers: {}, unexpected: true };
}

function sqlStateOf(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as { code?: unknown };
    if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return code;
  }
  return undefined;
}
