import type { CountryCode } from '../identity/ids.ts';
import type { Refusal } from '../refusal/refusal.ts';
import type { ShippingTemplate } from '../template/shippingTemplate.ts';
import { withSettingReached } from './applyRegionSetting.ts';
import { type ActiveSuspension, suspendedDestinationsOf } from './applySuspensions.ts';
import { coversDestination } from './destination.ts';
import { destinationRefusals } from './destinationRefusals.ts';
import type { RegionSetting } from './regionSetting.ts';
import { regionSettingRefusals } from './regionSettingRefusals.ts';
import { destinationBarOf, servedDestinations } from './servedDestinations.ts';

/** What decides about an offer besides the template. */
export interface OfferContext {
  /** The seller's newest setting: it counts from the save on, also where its fan-out has not arrived yet (R11). */
  readonly setting?: RegionSetting | null | undefined;
  /** Read from the suspensions themselves; what the template shows may be older (R13). */
  readonly suspensions: readonly ActiveSuspension[];
  readonly now: Date;
}

/** A template with the exclusions that hold for it at this moment: what the fan-out has applied or is about to apply. */
export const withExclusionsNow = (
  template: ShippingTemplate,
  setting: RegionSetting | null | undefined,
): ShippingTemplate => withSettingReached(template, setting ?? null, false);

const exclusionsNow = (...of: Parameters<typeof withExclusionsNow>): readonly string[] =>
  withExclusionsNow(...of).excludedDestinations;

/** Every reason why a template does not sell to a country; empty when it does. Products have reasons of their own (R5). */
export function whyNotOffered(
  template: ShippingTemplate,
  country: CountryCode,
  { setting, suspensions, now }: OfferContext,
  field = '/destination',
): readonly Refusal[] {
  const refusals: Refusal[] = [];
  if (template.geState !== 'enabled') {
    refusals.push(regionSettingRefusals.refusal('template.not_exporting', '/template'));
  }
  const rule = destinationBarOf(country, now);
  if (rule?.bar === 'domestic') {
    refusals.push(destinationRefusals.refusal('destination.domestic', field, { code: country }));
  } else if (rule) {
    const code = rule.bar === 'embargoed' ? 'destination.embargoed' : 'destination.unserved';
    refusals.push(destinationRefusals.refusal(code, field, { country }));
  }
  if (coversDestination(exclusionsNow(template, setting), country)) {
    refusals.push(regionSettingRefusals.refusal('template.destination_excluded', field, { country }));
  }
  if (coversDestination(suspendedDestinationsOf(suspensions), country)) {
    refusals.push(regionSettingRefusals.refusal('template.destination_suspended', field, { country }));
  }
  return refusals;
}

/** Whether a template sells to a country: enabled, served, neither excluded nor suspended. */
export const offersTo = (template: ShippingTemplate, country: CountryCode, context: OfferContext): boolean =>
  whyNotOffered(template, country, context).length === 0;

/**
 * The countries a template sells to, in code order: served minus excluded minus suspended (R24: derived, never copied).
 * Without a context it tells what the template's own columns show.
 */
export function destinationsOf(
  template: ShippingTemplate,
  now: Date,
  context: Partial<Pick<OfferContext, 'setting' | 'suspensions'>> = {},
): readonly CountryCode[] {
  if (template.geState !== 'enabled') return [];
  const excluded = exclusionsNow(template, context.setting);
  const { suspensions } = context;
  const suspended = suspensions ? suspendedDestinationsOf(suspensions) : template.suspendedDestinations;
  const barred = [...excluded, ...suspended];
  return servedDestinations(now).filter((country) => !coversDestination(barred, country));
}
