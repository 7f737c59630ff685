import type { CommandNo } from '../identity/ids.ts';
import { withSettingReached } from '../region/applyRegionSetting.ts';
import type { RegionSetting } from '../region/regionSetting.ts';
import type { Seller } from '../seller/seller.ts';
import { enabledSince, withDeactivation } from './geCommandLog.ts';
import type { ShippingTemplate } from './shippingTemplate.ts';

/** Which of the two ways of leaving was taken: R19 (domestic automation stays) or R20 (the whole automation goes). */
export type DeactivationBranch = 'international_off' | 'region_automation_off';

/** The branch that the template's domestic automation decides. */
export const deactivationBranch = (template: ShippingTemplate): DeactivationBranch =>
  template.regionAutomation && template.domesticAutomation ? 'international_off' : 'region_automation_off';

export interface DeactivationContext {
  readonly seller: Pick<Seller, 'regionAutoApply'>;
  /** The seller's newest region setting; needed when the deactivation arrives after a later activation. */
  readonly currentSetting: RegionSetting | null;
  readonly commandNo: CommandNo;
}

/**
 * `deactivated`: was enabled, now is not · `unblocked`: waited for missing items, now no longer waits ·
 * `not_enabled`: noted, so that an older activation cannot enable it any more · `unchanged`: an older or repeated command.
 * `template` is to be saved whenever it is not the object passed in.
 */
export type DeactivationOutcome =
  | { readonly kind: 'deactivated'; readonly template: ShippingTemplate; readonly branch: DeactivationBranch }
  | { readonly kind: 'unblocked' | 'not_enabled' | 'unchanged'; readonly template: ShippingTemplate };

/** An enabled template with its switches as deactivation leaves them. Ship-from and fees stay the seller's; exclusions belong to the enabling. */
export function switchedOff(template: ShippingTemplate): ShippingTemplate {
  const keepsDomestic = deactivationBranch(template) === 'international_off';
  return {
    ...template,
    geState: 'deactivated',
    regionAutomation: keepsDomestic,
    domesticAutomation: keepsDomestic,
    internationalAutomation: false,
    excludedDestinations: [],
    appliedSettingVersion: 0,
    suspendedDestinations: [],
    appliedSuspensionVersion: 0,
    wizard: null,
  };
}

/** A deactivation that arrives after a later activation: the template stays on, but only since that activation. */
function breakInBetween(template: ShippingTemplate, context: DeactivationContext): ShippingTemplate {
  const since = enabledSince(template);
  const version = template.version + 1;
  const noted = { ...template, geCommandLog: withDeactivation(template.geCommandLog, context.commandNo), version };
  if (since === null || since > context.commandNo) return noted;
  const fresh = { ...noted, excludedDestinations: [], appliedSettingVersion: 0 };
  return withSettingReached(fresh, context.currentSetting, context.seller.regionAutoApply);
}

/**
 * Leaves the programme with one template (R19–R21). Pending GE orders are not touched: they stay the seller's duty.
 * A lower command number than the template's never switches it off.
 */
export function deactivateGlobalExpress(template: ShippingTemplate, context: DeactivationContext): DeactivationOutcome {
  const { commandNo } = context;
  if (commandNo <= template.geCommandLog.deactivatedNo) return { kind: 'unchanged', template };
  if (commandNo < template.geCommandNo) return { kind: 'unchanged', template: breakInBetween(template, context) };
  const noted: ShippingTemplate = {
    ...template,
    geCommandNo: commandNo,
    geCommandLog: withDeactivation(template.geCommandLog, commandNo),
    version: template.version + 1,
  };
  if (template.geState === 'enabled') {
    return { kind: 'deactivated', template: switchedOff(noted), branch: deactivationBranch(template) };
  }
  if (template.geState === 'blocked') {
    return { kind: 'unblocked', template: { ...noted, geState: 'deactivated', blockedBy: [] } };
  }
  return { kind: 'not_enabled', template: noted };
}
