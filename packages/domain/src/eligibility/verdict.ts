import type { Refusal } from '../refusal/refusal.ts';

/** From harmless to harmful; the worst finding is the verdict. Only `eligible` may be sold abroad. */
export type Verdict = 'eligible' | 'incomplete' | 'restricted' | 'prohibited';

/** One rule of the screening tables that fits the product, with its reason as a refusal (texts in zh and en). */
export interface EligibilityFinding {
  readonly ruleId: string;
  readonly verdict: Exclude<Verdict, 'eligible'>;
  readonly reason: Refusal;
}

/** What the screening says of a product (R5). */
export interface EligibilityVerdict {
  readonly verdict: Verdict;
  /** The rule that decided: the first of the worst; null when eligible. */
  readonly ruleId: string | null;
  /** Everything that was found, worst first. */
  readonly findings: readonly EligibilityFinding[];
  /** Version of the rule tables. */
  readonly policyVersion: number;
}
