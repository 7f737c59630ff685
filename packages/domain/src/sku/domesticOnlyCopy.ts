import type { CommandNo, TemplateId } from '../identity/ids.ts';
import { accept, type Decision, refuse } from '../refusal/refusal.ts';
import type { ShippingTemplate } from '../template/shippingTemplate.ts';
import { skuRefusals } from './skuRefusals.ts';

/** Room for the suffix is taken from the source's name beyond this. */
const NAME_LIMIT = 100;

/**
 * A copy of a template without anything international, as a target for SKUs that leave export (R16).
 * Where the source's region automation served the international half only, the copy has none (as R20 would leave it).
 * `takenNames`: names and former names of the seller's templates. Without `name` one is made up.
 */
export function makeDomesticOnlyCopy(
  source: ShippingTemplate,
  wanted: { readonly id: TemplateId; readonly name?: string | undefined; readonly takenNames: ReadonlySet<string> },
  commandNo: CommandNo,
): Decision<ShippingTemplate> {
  if (wanted.name !== undefined && wanted.takenNames.has(wanted.name)) {
    return refuse(skuRefusals.refusal('template_copy_name_taken', '/name', { name: wanted.name }));
  }
  const automation = source.regionAutomation && source.domesticAutomation;
  return accept({
    id: wanted.id,
    sellerId: source.sellerId,
    name: wanted.name ?? copyName(source.name, wanted.takenNames),
    isDefault: false,
    geState: 'off',
    // Counts as switched off by this command: an enrollment accepted before it does not enable the copy.
    geCommandNo: commandNo,
    geCommandLog: { deactivatedNo: commandNo, enabledNos: [] },
    blockedBy: [],
    regionAutomation: automation,
    domesticAutomation: automation,
    internationalAutomation: false,
    shipFrom: source.shipFrom,
    carrierPreferences: source.carrierPreferences,
    domesticShipping: source.domesticShipping,
    internationalFees: null,
    excludedDestinations: [],
    appliedSettingVersion: 0,
    suspendedDestinations: [],
    appliedSuspensionVersion: 0,
    wizard: null,
    version: 1,
  });
}

function copyName(name: string, taken: ReadonlySet<string>): string {
  for (let copy = 1; ; copy += 1) {
    const suffix = copy === 1 ? ' (domestic only)' : ` (domestic only ${copy})`;
    const candidate = name.slice(0, NAME_LIMIT - suffix.length) + suffix;
    if (!taken.has(candidate)) return candidate;
  }
}
