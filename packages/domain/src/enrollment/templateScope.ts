import type { TemplateId } from '../identity/ids.ts';
import { accept, type Decision, refuse } from '../refusal/refusal.ts';
import { enrollmentRefusals } from './enrollmentRefusals.ts';

/** Judges the templates a seller names (R4): known ones, at least one, each once in id order; null means all of them. */
export function templateScope(
  named: readonly TemplateId[] | null,
  templates: readonly { readonly id: TemplateId }[],
): Decision<readonly TemplateId[] | null> {
  if (named === null) return accept(null);
  if (named.length === 0) return refuse(enrollmentRefusals.refusal('enrollment.scope_empty', '/templates'));
  const known = new Set(templates.map(({ id }) => id));
  const unknown = named.flatMap((templateId, index) =>
    known.has(templateId)
      ? []
      : [enrollmentRefusals.refusal('enrollment.template_unknown', `/templates/${index}`, { templateId })],
  );
  return unknown.length > 0 ? refuse(...unknown) : accept([...new Set(named)].sort());
}

/** The templates a scope stands for, in the order given. */
export const inScope = <T extends { readonly id: TemplateId }>(
  templates: readonly T[],
  scope: readonly TemplateId[] | null,
): readonly T[] => (scope === null ? templates : templates.filter(({ id }) => scope.includes(id)));
