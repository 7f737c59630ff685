import type { DomesticShipping } from '../fee/domesticShipping.ts';
import type { InternationalFees } from '../fee/feeSchedule.ts';
import type { AddressId, CountryCode, TemplateId } from '../identity/ids.ts';
import { accept, type Decision, refuse } from '../refusal/refusal.ts';
import { destinationsOf } from '../region/offeredDestinations.ts';
import { type EnablementContext, enableGlobalExpress } from './enableGlobalExpress.ts';
import { enablementNeeds } from './enablementNeeds.ts';
import { digestOf } from './optionsDigest.ts';
import type { ShippingTemplate } from './shippingTemplate.ts';

/** The shipping options that a seller confirms (R8): the template as it will be once saved. */
export interface ReviewedOptions {
  readonly templateId: TemplateId;
  readonly name: string;
  readonly shipFrom: readonly AddressId[];
  readonly domesticAutomation: boolean;
  readonly carrierPreferences: readonly string[];
  readonly domesticShipping: DomesticShipping;
  /** Pre-filled by the programme where the template has none that fit (R10). */
  readonly internationalFees: InternationalFees;
  readonly transitTime: 'managed_by_programme';
  readonly destinations: readonly CountryCode[];
  readonly excludedDestinations: readonly string[];
  readonly suspendedDestinations: readonly string[];
}

export interface Review {
  readonly options: ReviewedOptions;
  /** To be repeated at confirm. Any change of the options or of the ship-from addresses' wording makes it stale. */
  readonly digest: string;
}

/** The facts of enabling without its command, which only the save draws. */
export type ReviewContext = Omit<EnablementContext, 'commandNo'>;

/** Works the options out by a trial enabling, so that what is confirmed is what the save will do; refuses with every missing item. */
export function reviewOf(template: ShippingTemplate, context: ReviewContext): Decision<Review> {
  const needs = enablementNeeds(template, context);
  if (needs.length > 0) return refuse(...needs);
  // A number above every other: the trial must neither be overtaken nor be older than the setting.
  const trial = enableGlobalExpress(template, { ...context, commandNo: Number.MAX_SAFE_INTEGER }).template;
  const options: ReviewedOptions = {
    templateId: trial.id,
    name: trial.name,
    shipFrom: trial.shipFrom,
    domesticAutomation: trial.domesticAutomation,
    carrierPreferences: trial.carrierPreferences,
    domesticShipping: trial.domesticShipping!,
    internationalFees: trial.internationalFees!,
    transitTime: 'managed_by_programme',
    destinations: destinationsOf(trial, context.now),
    excludedDestinations: trial.excludedDestinations,
    suspendedDestinations: trial.suspendedDestinations,
  };
  const shipFromAddresses = trial.shipFrom.map((id) => context.addresses.find((entry) => entry.id === id)?.address);
  return accept({ options, digest: digestOf({ options, shipFromAddresses }) });
}
