import type { EnablementContext, EnablementOutcome, TemplateId } from '@ge/domain';
import { enableGlobalExpress } from '@ge/domain';
import type { RowSet } from '@ge/runtime';
import type { TemplateRow } from './lockTemplatePages.ts';

const templateCount: Readonly<Record<EnablementOutcome['kind'], string>> = {
  enabled: 'templatesEnabled',
  already_enabled: 'templatesAlreadyEnabled',
  blocked: 'templatesBlocked',
  unchanged: 'templatesUnchanged',
};

/** Enables GE in each template of a page. Returns the numbers to show, SKUs that became exportable (R4) among them. */
export function enableTemplates(
  ids: readonly TemplateId[],
  templates: RowSet<TemplateRow>,
  eligibleSkus: ReadonlyMap<TemplateId, number>,
  context: EnablementContext,
): Record<string, number> {
  const counts: Record<string, number> = {};
  const count = (name: string, amount: number) => {
    counts[name] = (counts[name] ?? 0) + amount;
  };
  for (const id of ids) {
    const template = templates.get(id)!;
    const outcome = enableGlobalExpress(template, context);
    if (outcome.template !== template) templates.put({ ...template, ...outcome.template });
    count(templateCount[outcome.kind], 1);
    if (outcome.kind === 'enabled') count('skusExportable', eligibleSkus.get(id) ?? 0);
    if (outcome.kind === 'already_enabled') count('skusAlreadyExportable', eligibleSkus.get(id) ?? 0);
  }
  return counts;
}
