import { type Finding, findingOf } from '@ge/api';
import type { Locale, OperationId, Refusal } from '@ge/domain';

/** Warnings as an answer shows them. */
export const findingsOf = (refusals: readonly Refusal[], locale: Locale): readonly Finding[] =>
  refusals.map((refusal) => findingOf(refusal, locale));

/** The body of a 202. */
export const acceptedBody = (operationId: string, warnings: readonly Refusal[], locale: Locale) => ({
  operationId: operationId as OperationId,
  links: { operation: `/v1/operations/${operationId}` },
  warnings: findingsOf(warnings, locale),
});
