/** The numbered rules of the programme (see docs/rules.md). */
export type RuleId = `R${number}`;

export type RefusalParams = Readonly<Record<string, string | number>>;

/**
 * One thing that stands in the way of a request: which rule, which field, and what to do about it.
 * `code` is stable and part of the public interface; texts live in the catalogue of the noun's folder.
 */
export interface Refusal {
  readonly code: string;
  readonly rule: RuleId;
  /** JSON pointer into what was sent, for instance `/address/line1`; `''` is the whole. */
  readonly field: string;
  /** Values for the placeholders of the texts; never personal data. */
  readonly params: RefusalParams;
  readonly severity: 'error' | 'warning';
}

/** Texts of one code: what is wrong and what to do, for sellers in both languages. `{name}` is filled from params. */
export interface RefusalTexts {
  readonly rule: RuleId;
  readonly en: string;
  readonly zh: string;
  readonly remedyEn: string;
  readonly remedyZh: string;
}

/** Either a value (perhaps with warnings) or every reason why not; never only the first reason. */
export type Decision<T> =
  | { readonly ok: true; readonly value: T; readonly warnings: readonly Refusal[] }
  | { readonly ok: false; readonly refusals: readonly Refusal[] };

export const accept = <T>(value: T, warnings: readonly Refusal[] = []): Decision<T> => ({ ok: true, value, warnings });

export const refuse = (
  ...refusals: readonly Refusal[]
): { readonly ok: false; readonly refusals: readonly Refusal[] } => ({
  ok: false,
  refusals,
});

/** The first of each code, in their order: what several refuse for the same reason is told once. */
export const oncePerCode = (refusals: readonly Refusal[]): readonly Refusal[] =>
  refusals.filter(({ code }, at) => refusals.findIndex((other) => other.code === code) === at);

/**
 * Declares the refusals of one noun: a table code → texts, and a builder that knows which codes exist.
 * The builder takes the rule from the table, so a code can never name the wrong rule.
 */
export function defineRefusals<Code extends string>(texts: Readonly<Record<Code, RefusalTexts>>) {
  const build =
    (severity: Refusal['severity']) =>
    (code: Code, field: string, params: RefusalParams = {}): Refusal => ({
      code,
      rule: texts[code].rule,
      field,
      params,
      severity,
    });
  return { texts, refusal: build('error'), warning: build('warning') } as const;
}
