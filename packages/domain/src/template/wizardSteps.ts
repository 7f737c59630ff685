import { refuse } from '../refusal/refusal.ts';
import type { ShippingTemplate, WizardProgress } from './shippingTemplate.ts';
import { templateRefusals } from './templateRefusals.ts';

/** The by-hand path of R7 and R8 in its order; the address belongs to the general settings and leaves no progress of its own. */
export const wizardSteps = [
  'address',
  'automation_on',
  'ship_from_chosen',
  'ge_switched_on',
  'reviewed',
  'confirmed',
] as const;

export type WizardStep = (typeof wizardSteps)[number];

/** Refuses a step out of order, naming the first step that is missing, and any step of a template that is enabled already. Null when in order. */
export function stepRefused(template: ShippingTemplate, needed: WizardProgress['step'] | null) {
  if (template.geState === 'enabled') return refuse(templateRefusals.refusal('template.already_enabled', ''));
  if (needed === null) return null;
  const reached = template.wizard ? wizardSteps.indexOf(template.wizard.step) : wizardSteps.indexOf('address');
  const missing = wizardSteps[reached + 1];
  if (reached >= wizardSteps.indexOf(needed) || !missing) return null;
  return refuse(templateRefusals.refusal('template.step_missing', '/step', { step: missing }));
}

/** The template with one step taken. Going back is possible: what came after that step has to be taken again. */
export const stepTaken = (
  template: ShippingTemplate,
  step: WizardProgress['step'],
  change: Partial<ShippingTemplate> = {},
  digest: string | null = null,
): ShippingTemplate => ({ ...template, ...change, wizard: { step, digest }, version: template.version + 1 });
