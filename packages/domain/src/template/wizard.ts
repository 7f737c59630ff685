import { sellerEligibility } from '../enrollment/sellerEligibility.ts';
import { accept, type Decision, refuse } from '../refusal/refusal.ts';
import { type EnablementContext, enableGlobalExpress } from './enableGlobalExpress.ts';
import { type EnablementFacts, generalAddressRefusals } from './enablementNeeds.ts';
import { type Review, type ReviewContext, reviewOf } from './reviewedOptions.ts';
import { chosenShipFrom, type ShipFromChoice } from './shipFromStep.ts';
import type { ShippingTemplate } from './shippingTemplate.ts';
import { templateRefusals } from './templateRefusals.ts';
import { stepRefused, stepTaken } from './wizardSteps.ts';

const stale = () => refuse(templateRefusals.refusal('template.digest_stale', '/digest'));

/** Steps 1 and 2 (R7): with a valid general address, the shipping region automation goes on before anything else in the template. */
export function switchAutomationOn(template: ShippingTemplate, facts: EnablementFacts): Decision<ShippingTemplate> {
  const refused = stepRefused(template, null);
  if (refused) return refused;
  const eligibility = sellerEligibility(facts.seller);
  if (!eligibility.ok) return eligibility;
  const address = generalAddressRefusals(facts);
  if (address.length > 0) {
    return refuse(templateRefusals.refusal('template.step_missing', '/step', { step: 'address' }), ...address);
  }
  const domesticAutomation = template.regionAutomation && template.domesticAutomation;
  return accept(stepTaken(template, 'automation_on', { regionAutomation: true, domesticAutomation }));
}

/** Step 3 (R7): one or several United States addresses; carrier preferences are optional. */
export function chooseShipFrom(
  template: ShippingTemplate,
  choice: ShipFromChoice,
  facts: EnablementFacts,
): Decision<ShippingTemplate> {
  const refused = stepRefused(template, 'automation_on');
  if (refused) return refused;
  const chosen = chosenShipFrom(template, choice, facts.addresses);
  return chosen.ok ? accept(stepTaken(template, 'ship_from_chosen', chosen.value)) : chosen;
}

/** Step 4 (R8): "Enable Global Express", next. International automation itself goes on with the save. */
export function switchGlobalExpressOn(template: ShippingTemplate): Decision<ShippingTemplate> {
  const refused = stepRefused(template, 'ship_from_chosen');
  return refused ?? accept(stepTaken(template, 'ge_switched_on'));
}

/** Step 5 (R8): the options that will be confirmed, and their digest. */
export function reviewOptions(
  template: ShippingTemplate,
  context: ReviewContext,
): Decision<{ readonly template: ShippingTemplate; readonly review: Review }> {
  const refused = stepRefused(template, 'ge_switched_on');
  if (refused) return refused;
  const review = reviewOf(template, context);
  if (!review.ok) return review;
  return accept({ template: stepTaken(template, 'reviewed', {}, review.value.digest), review: review.value });
}

/** Step 6 (R8): confirms exactly what was reviewed; refused when the digest, or the world since, differs. */
export function confirmOptions(
  template: ShippingTemplate,
  digest: string,
  context: ReviewContext,
): Decision<ShippingTemplate> {
  const refused = stepRefused(template, 'reviewed');
  if (refused) return refused;
  const review = reviewOf(template, context);
  if (!review.ok) return review;
  if (digest !== template.wizard?.digest || digest !== review.value.digest) return stale();
  return accept(stepTaken(template, 'confirmed', {}, digest));
}

/** Step 7 (R8): saves the template with GE enabled. What was confirmed must still be what would be saved. */
export function saveTemplate(template: ShippingTemplate, context: EnablementContext): Decision<ShippingTemplate> {
  const refused = stepRefused(template, 'confirmed');
  if (refused) return refused;
  const review = reviewOf(template, context);
  if (!review.ok) return review;
  if (template.wizard?.digest !== review.value.digest) return stale();
  const outcome = enableGlobalExpress(template, context);
  if (outcome.kind === 'enabled') return accept(outcome.template);
  if (outcome.kind === 'blocked') return refuse(...outcome.refusals);
  return refuse(templateRefusals.refusal('template.newer_command', ''));
}
