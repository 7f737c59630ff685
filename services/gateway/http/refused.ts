import type { HttpProblemCode } from '@ge/api';
import type { Decision, Refusal } from '@ge/domain';

/** A refusal of the interface itself, to be thrown by a handler or the frame. */
export class HttpRefusal extends Error {
  override readonly name: string = 'HttpRefusal';
  readonly code: HttpProblemCode;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: HttpProblemCode, headers: Readonly<Record<string, string>> = {}) {
    super(code);
    this.code = code;
    this.headers = headers;
  }
}

/** Not there, or not for this key: the two look alike. */
export class NotFound extends HttpRefusal {
  override readonly name = 'NotFound';

  constructor() {
    super('http.not_found');
  }
}

/** One way in which a request does not fit its schema. */
export interface SchemaIssue {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

/** The request does not fit the route's schema. */
export class Malformed extends HttpRefusal {
  override readonly name = 'Malformed';
  readonly issues: readonly SchemaIssue[];

  constructor(issues: readonly SchemaIssue[]) {
    super('http.validation');
    this.issues = issues;
  }
}

/** Rules of the programme refuse; rolls the transaction back and answers 422 with every reason. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly refusals: readonly Refusal[];

  constructor(refusals: readonly Refusal[]) {
    super(refusals.map(({ code }) => code).join(', '));
    this.refusals = refusals;
  }
}

/** The value of a decision. Throws Refused with every reason when there is none. */
export function decided<T>(decision: Decision<T>): T {
  if (!decision.ok) throw new Refused(decision.refusals);
  return decision.value;
}

/** What was looked for. Throws NotFound when there is none. */
export function found<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new NotFound();
  return value;
}
