import { describeRefusal, type Locale, type Refusal, refusalCatalogue } from '@ge/domain';
import type { Finding } from '../schema/finding.ts';
import { type HttpProblemCode, httpProblems } from './httpProblems.ts';

/** Status of an answer that a rule of the programme refused. */
export const refusedStatus = 422;

export const isHttpProblemCode = (code: string): code is HttpProblemCode => Object.hasOwn(httpProblems, code);

/** Whether a code has texts, be it the interface's or the programme's. */
export const isKnownCode = (code: string): boolean => isHttpProblemCode(code) || Object.hasOwn(refusalCatalogue, code);

export const statusOfCode = (code: string): number =>
  isHttpProblemCode(code) ? httpProblems[code].status : refusedStatus;

/** The sentences of a code of the interface. */
export function describeHttpProblem(code: HttpProblemCode, locale: Locale) {
  const texts = httpProblems[code];
  const zh = locale === 'zh-CN';
  return { message: zh ? texts.zh : texts.en, remedy: zh ? texts.remedyZh : texts.remedyEn };
}

/** A refusal or warning of the domain as an answer shows it; `at` precedes its field. */
export const findingOf = (refusal: Refusal, locale: Locale, at = ''): Finding => ({
  code: refusal.code,
  rule: refusal.rule,
  field: at + refusal.field,
  ...describeRefusal(refusal, locale),
});
