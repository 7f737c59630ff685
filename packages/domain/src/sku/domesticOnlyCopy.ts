import type { CommandNo, TemplateId } from '../identity/ids.ts';
import { accept, type Decision, refuse } from '../refusal/refusal.ts';
import type { ShippingTemplate } from '../template/shippingTemplate.ts';
import { type ExistingNames, nameRefusals, TEMPLATE_NAME_LIMIT } from '../template/templateName.ts';

/**
 * A copy of a template without anything international, as a target for SKUs that leave export (R16).
 * Where the source's region automation served the international half only, the copy has none (as R20 would leave it).
 * Without `name` one is made up that no template has or had.
 */
export function makeDomesticOnlyCopy(
  source: ShippingTemplate,
  wanted: { readonly id: TemplateId; readonly name?: string | undefined; readonly existing: ExistingNames },
  commandNo: CommandNo,
): Decision<ShippingTemplate> {
  const name = wanted.name ?? copyName(source.name, wanted.existing);
  const refusals = nameRefusals(name, wanted.id, wanted.existing);
  if (refusals.length > 0) return refuse(...refusals);
  const automation = source.regionAutomation && source.domesticAutomation;
  return accept({
    id: wanted.id,
    sellerId: source.sellerId,
    name,
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

function copyName(name: string, { templates, aliases }: ExistingNames): string {
  const taken = new Set([...templates, ...aliases].map((owner) => owner.name));
  for (let copy = 1; ; copy += 1) {
    const suffix = copy === 1 ? ' (domestic only)' : ` (domestic only ${copy})`;
    const room = name.slice(0, TEMPLATE_NAME_LIMIT - suffix.length);
    const candidate = room.replace(/[\uD800-\uDBFF]$/, '').trimEnd() + suffix;
    if (!taken.has(candidate)) return candidate;
  }
}
