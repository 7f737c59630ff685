import type { DeactivationContext, TemplateId } from '@ge/domain';
import { deactivateGlobalExpress } from '@ge/domain';
import type { RowSet } from '@ge/runtime';
import type { TemplateRow } from './lockTemplatePages.ts';

const branchCount = {
  international_off: 'internationalAutomationOff',
  region_automation_off: 'regionAutomationOff',
} as const;

const templateCount = {
  deactivated: 'templatesDeactivated',
  unblocked: 'templatesUnblocked',
  not_enabled: 'templatesNotEnabled',
  unchanged: 'templatesUnchanged',
} as const;

/** Switches GE off in each template by its own branch (R19, R20). Returns the numbers to show, the branches taken among them. */
export function deactivateTemplates(
  ids: readonly TemplateId[],
  templates: RowSet<TemplateRow>,
  context: DeactivationContext,
): Record<string, number> {
  const counts: Record<string, number> = {};
  const count = (name: string) => {
    counts[name] = (counts[name] ?? 0) + 1;
  };
  for (const id of ids) {
    const template = templates.get(id)!;
    const outcome = deactivateGlobalExpress(template, context);
    if (outcome.template !== template) templates.put({ ...template, ...outcome.template });
    count(templateCount[outcome.kind]);
    if (outcome.kind === 'deactivated') count(branchCount[outcome.branch]);
  }
  return counts;
}
