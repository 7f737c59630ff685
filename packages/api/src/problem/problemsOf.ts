import type { Route } from '../route/route.ts';
import type { HttpProblemCode } from './httpProblems.ts';

/** Problems that no route is peculiar for: faults, and somebody else's change at the same moment. */
export const defaultProblems: readonly HttpProblemCode[] = ['http.conflict', 'http.internal', 'http.unavailable'];

/** Answers to what is no call of the document: another path, or another method of a path. */
export const problemsElsewhere: readonly HttpProblemCode[] = ['http.not_found', 'http.method_not_allowed'];

/** Every code that the route may refuse with, each of which does occur; faults aside. */
export function problemsOf(route: Route): readonly string[] {
  const takesBytes = route.body !== undefined || route.upload !== undefined;
  const codes: readonly (readonly [HttpProblemCode, boolean])[] = [
    ['http.validation', true],
    ['http.malformed_json', route.body !== undefined],
    ['http.unauthorized', true],
    ['http.forbidden', true],
    ['http.not_found', route.params !== undefined],
    ['http.too_large', takesBytes],
    ['http.unsupported_media_type', takesBytes],
    ['http.malformed_gzip', route.upload !== undefined],
    ['http.idempotency_conflict', route.method !== 'GET'],
    ['http.rate_limited', true],
    ['http.overloaded', route.appendsTo !== undefined && !route.evenOverloaded],
  ];
  return [...codes.flatMap(([code, occurs]) => (occurs ? [code] : [])), ...route.problems];
}
