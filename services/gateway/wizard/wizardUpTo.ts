import {
  chooseShipFrom,
  confirmOptions,
  type Decision,
  type ReviewContext,
  reviewOptions,
  type ShippingTemplate,
  switchAutomationOn,
  switchGlobalExpressOn,
  type WizardProgress,
  wizardSteps,
} from '@ge/domain';

type Step = WizardProgress['step'];

/** Takes one step with what the template has already: its own ship-from addresses, its own digest. */
function take(step: Step, template: ShippingTemplate, context: ReviewContext): Decision<ShippingTemplate> {
  switch (step) {
    case 'automation_on':
      return switchAutomationOn(template, context);
    case 'ship_from_chosen':
      return chooseShipFrom(template, { shipFrom: template.shipFrom }, context);
    case 'ge_switched_on':
      return switchGlobalExpressOn(template);
    case 'reviewed': {
      const reviewed = reviewOptions(template, context);
      return reviewed.ok ? { ...reviewed, value: reviewed.value.template } : reviewed;
    }
    case 'confirmed':
      return confirmOptions(template, template.wizard?.digest ?? '', context);
  }
}

/** Walks the by-hand path up to and including a step (R7, R8), each step judged as when a seller takes it. */
export function wizardUpTo(template: ShippingTemplate, last: Step, context: ReviewContext): Decision<ShippingTemplate> {
  const steps = wizardSteps.filter((step) => step !== 'address');
  let current: Decision<ShippingTemplate> = { ok: true, value: template, warnings: [] };
  for (const step of steps.slice(0, steps.indexOf(last) + 1)) {
    current = take(step, current.value, context);
    if (!current.ok) return current;
  }
  return current;
}
