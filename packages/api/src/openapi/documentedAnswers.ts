import { statusOfCode } from '../problem/describe.ts';
import { problemsOf } from '../problem/problemsOf.ts';
import type { Route } from '../route/route.ts';

/** One answer that the document promises: of a route, with a status, and with a code where it is a refusal. */
export interface DocumentedAnswer {
  readonly route: string;
  readonly status: number;
  readonly code: string | null;
}

/** Every answer that the document promises of these routes, but for what stands under `default` in all of them. */
export const documentedAnswers = (routes: readonly Route[]): readonly DocumentedAnswer[] =>
  routes.flatMap((route) => [
    ...Object.keys(route.responses).map((status) => ({ route: route.id, status: Number(status), code: null })),
    ...problemsOf(route).map((code) => ({ route: route.id, status: statusOfCode(code), code })),
  ]);
