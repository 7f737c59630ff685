import { type Finding, findingOf } from '@ge/api';
import { type LabelPurchase, type Locale, labelProblem } from '@ge/domain';

/** A label as an answer shows it: what stands against it in words, in the reader's language. */
export function labelShown<L extends LabelPurchase>(
  label: L,
  locale: Locale,
): L & { readonly problem: Finding | null } {
  const problem = labelProblem(label);
  return { ...label, problem: problem && findingOf(problem, locale) };
}
