import { rateModelOf } from '../fee/feeModel.ts';
import type { InternationalFees } from '../fee/feeSchedule.ts';
import { currentFeeSchedule } from '../fee/feeZones.ts';
import { prefillFees, rateModelOfDomestic } from '../fee/internationalFees.ts';
import type { CommandNo } from '../identity/ids.ts';
import type { Refusal } from '../refusal/refusal.ts';
import { withSettingReached } from '../region/applyRegionSetting.ts';
import { type SuspensionList, withSuspensions } from '../region/applySuspensions.ts';
import type { RegionSetting } from '../region/regionSetting.ts';
import type { Seller } from '../seller/seller.ts';
import { switchedOff } from './deactivateGlobalExpress.ts';
import { type EnablementFacts, enablementNeeds } from './enablementNeeds.ts';
import { enabledSince, isOvertaken, withActivation } from './geCommandLog.ts';
import type { ShippingTemplate } from './shippingTemplate.ts';
import { governedAlike } from './templateChange.ts';

/** All that enabling depends on besides the template. Load it after the seller's row is locked: a setting saved before must be seen. */
export interface EnablementContext extends EnablementFacts {
  readonly seller: Pick<Seller, 'country' | 'generalAddressId' | 'regionAutoApply'>;
  /** The seller's newest region setting, whatever its fan-out has reached. */
  readonly currentSetting: RegionSetting | null;
  readonly suspensions: SuspensionList;
  readonly commandNo: CommandNo;
  readonly now: Date;
}

/**
 * `enabled`: now on, its SKUs are exportable (R4) · `already_enabled` · `blocked`: names every missing item ·
 * `unchanged`: an older or repeated command. `template` is to be saved whenever it is not the object passed in.
 */
export type EnablementOutcome =
  | { readonly kind: 'enabled' | 'already_enabled' | 'unchanged'; readonly template: ShippingTemplate }
  | { readonly kind: 'blocked'; readonly template: ShippingTemplate; readonly refusals: readonly Refusal[] };

/** The international fees a template has once enabled: its own where they fit its rate model, else the programme's (R10). */
export function feesOnceEnabled(template: ShippingTemplate, now: Date): InternationalFees {
  const rateModel = rateModelOfDomestic(template.domesticShipping);
  const own = template.internationalFees;
  if (own?.zones.every(({ model }) => rateModelOf(model) === rateModel)) return own;
  return prefillFees(currentFeeSchedule(now).version, rateModel);
}

/** Switches everything on that the programme supplies; needs are met. Exclusions start empty, as a template enabled later has none (R12). */
function switchedOn(template: ShippingTemplate, context: EnablementContext): ShippingTemplate {
  const on: ShippingTemplate = {
    ...template,
    geState: 'enabled',
    geCommandNo: context.commandNo,
    geCommandLog: withActivation(template.geCommandLog, context.commandNo),
    blockedBy: [],
    regionAutomation: true,
    domesticAutomation: template.regionAutomation && template.domesticAutomation,
    internationalAutomation: true,
    shipFrom: template.shipFrom.length > 0 ? template.shipFrom : [context.seller.generalAddressId!],
    internationalFees: feesOnceEnabled(template, context.now),
    excludedDestinations: [],
    appliedSettingVersion: 0,
    wizard: null,
    version: template.version + 1,
  };
  return withSuspensions(
    withSettingReached(on, context.currentSetting, context.seller.regionAutoApply),
    context.suspensions,
  );
}

function enabledAgain(template: ShippingTemplate, context: EnablementContext): EnablementOutcome {
  const known = withActivation(template.geCommandLog, enabledSince(template) ?? context.commandNo);
  const geCommandLog = withActivation(known, context.commandNo);
  if (geCommandLog === template.geCommandLog) return { kind: 'unchanged', template };
  const geCommandNo = Math.max(template.geCommandNo, context.commandNo);
  const noted = { ...template, geCommandLog, geCommandNo, version: template.version + 1 };
  const reached = withSettingReached(noted, context.currentSetting, context.seller.regionAutoApply);
  return { kind: 'already_enabled', template: reached };
}

/** An activation that a deactivation has overtaken leaves what both would have left in their right order: never an enabled template. */
function overtaken(
  template: ShippingTemplate,
  context: EnablementContext,
  needs: readonly Refusal[],
): EnablementOutcome {
  if (template.geState !== 'off' && template.geState !== 'deactivated') return { kind: 'unchanged', template };
  const passed = needs.length > 0 ? template : switchedOff(switchedOn(template, context));
  const { geCommandNo, geCommandLog, version } = template;
  const left: ShippingTemplate = { ...passed, geState: 'deactivated', geCommandNo, geCommandLog, version: version + 1 };
  return { kind: 'unchanged', template: governedAlike(template, left) ? template : left };
}

/**
 * Enables GE in one template (R3, R4, R8): for an enrollment's propagation and for the save of the by-hand path alike.
 * The region setting comes along only where it was saved after this command, or by the seller's opt-in (R11, R12).
 */
export function enableGlobalExpress(template: ShippingTemplate, context: EnablementContext): EnablementOutcome {
  const { commandNo } = context;
  const { geCommandLog } = template;
  if (isOvertaken(geCommandLog, commandNo)) return overtaken(template, context, enablementNeeds(template, context));
  if (template.geState === 'enabled') return enabledAgain(template, context);
  if (commandNo <= template.geCommandNo) return { kind: 'unchanged', template };
  const refusals = enablementNeeds(template, context);
  if (refusals.length === 0) return { kind: 'enabled', template: switchedOn(template, context) };
  const blocked: ShippingTemplate = {
    ...template,
    geState: 'blocked',
    geCommandNo: commandNo,
    blockedBy: refusals,
    version: template.version + 1,
  };
  return { kind: 'blocked', template: blocked, refusals };
}
