import { findingOf } from '@ge/api';
import { type ChargeReclaim, type Locale, reclaimProblem } from '@ge/domain';

/** A reclaim as answers have it, with why it was refused in the language of the reader. */
export function reclaimShown(reclaim: ChargeReclaim, locale: Locale) {
  const problem = reclaimProblem(reclaim);
  return { ...reclaim, problem: problem && findingOf(problem, locale) };
}
