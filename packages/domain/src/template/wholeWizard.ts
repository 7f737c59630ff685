import { accept, type Decision } from '../refusal/refusal.ts';
import type { EnablementContext } from './enableGlobalExpress.ts';
import type { Review, ReviewContext } from './reviewedOptions.ts';
import type { ShipFromChoice } from './shipFromStep.ts';
import type { ShippingTemplate } from './shippingTemplate.ts';
import {
  chooseShipFrom,
  confirmOptions,
  reviewOptions,
  saveTemplate,
  switchAutomationOn,
  switchGlobalExpressOn,
} from './wizard.ts';

export interface WholeWizardCommand extends ShipFromChoice {
  /** Of a review made before. Absent: whatever the review says is confirmed. */
  readonly digest?: string | undefined;
}

export interface WholeWizardResult {
  readonly template: ShippingTemplate;
  readonly review: Review;
}

/** Everything up to the review without saving, for a look at the options and their digest (R8). */
export function previewByHand(
  template: ShippingTemplate,
  choice: ShipFromChoice,
  context: ReviewContext,
): Decision<WholeWizardResult> {
  const automation = switchAutomationOn(template, context);
  if (!automation.ok) return automation;
  const shipFrom = chooseShipFrom(automation.value, choice, context);
  if (!shipFrom.ok) return shipFrom;
  const globalExpress = switchGlobalExpressOn(shipFrom.value);
  if (!globalExpress.ok) return globalExpress;
  return reviewOptions(globalExpress.value, context);
}

/** The by-hand path of R7 and R8 in one call: the same steps in the same order, all or nothing. */
export function enableByHand(
  template: ShippingTemplate,
  command: WholeWizardCommand,
  context: EnablementContext,
): Decision<WholeWizardResult> {
  const reviewed = previewByHand(template, command, context);
  if (!reviewed.ok) return reviewed;
  const { review } = reviewed.value;
  const confirmed = confirmOptions(reviewed.value.template, command.digest ?? review.digest, context);
  if (!confirmed.ok) return confirmed;
  const saved = saveTemplate(confirmed.value, context);
  return saved.ok ? accept({ template: saved.value, review }) : saved;
}
