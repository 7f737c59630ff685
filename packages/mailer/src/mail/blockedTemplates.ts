import { describeRefusal, type Locale, type Refusal } from '@ge/domain';
import { visibleText } from '../markup/visibleText.ts';
import { refusalReference } from '../refusalReference.ts';
import { shownName } from './frame.ts';
import type { Finding } from './mailDocument.ts';

export interface BlockedTemplate {
  readonly name: string;
  /** Every missing item (R3). */
  readonly refusals: readonly Refusal[];
}

/** Templates that miss exactly the same, so that one shortcoming of many templates is told once. */
export interface BlockedGroup {
  readonly names: readonly string[];
  readonly findings: readonly Finding[];
}

const describe = (refusal: Refusal, locale: Locale): Finding => {
  const { message, remedy } = describeRefusal(refusal, locale);
  return {
    problem: visibleText(message),
    remedy: visibleText(remedy),
    reference: refusalReference(refusal),
  };
};

/** Groups blocked templates by what they miss, in the order given; the findings come from the domain's refusals. */
export function groupBlocked(templates: readonly BlockedTemplate[], locale: Locale): readonly BlockedGroup[] {
  const groups = new Map<string, { names: string[]; findings: readonly Finding[] }>();
  for (const template of templates) {
    const findings = template.refusals.map((refusal) => describe(refusal, locale));
    const key = JSON.stringify(findings);
    const group = groups.get(key) ?? { names: [], findings };
    group.names.push(shownName(template.name));
    groups.set(key, group);
  }
  return [...groups.values()];
}
