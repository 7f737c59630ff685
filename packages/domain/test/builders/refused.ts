import type { Decision } from '../../src/index.ts';

/** The codes of a refusal in their order; empty for an accepted decision. */
export const codesOf = (decision: Decision<unknown>): readonly string[] =>
  decision.ok ? [] : decision.refusals.map(({ code }) => code);

/** The fields of a refusal in their order. */
export const fieldsOf = (decision: Decision<unknown>): readonly string[] =>
  decision.ok ? [] : decision.refusals.map(({ field }) => field);

/** The value of a decision that a test takes for granted; throws with the codes otherwise. */
export function granted<T>(decision: Decision<T>): T {
  if (!decision.ok) throw new Error(`refused: ${codesOf(decision).join(', ')}`);
  return decision.value;
}
