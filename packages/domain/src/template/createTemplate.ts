import type { DomesticShipping } from '../fee/domesticShipping.ts';
import { validateDomesticShipping } from '../fee/validateDomesticShipping.ts';
import type { SellerId, TemplateId } from '../identity/ids.ts';
import { accept, type Decision, refuse } from '../refusal/refusal.ts';
import { emptyGeCommandLog } from './geCommandLog.ts';
import type { ShippingTemplate } from './shippingTemplate.ts';
import { type ExistingNames, nameRefusals } from './templateName.ts';
import { templateRefusals } from './templateRefusals.ts';

export interface CreateTemplate {
  readonly id: TemplateId;
  readonly sellerId: SellerId;
  readonly name: string;
  readonly domesticShipping: DomesticShipping | null;
}

/**
 * A new template without GE; a seller's first one is the default. Domestic settings are required in every template (R9):
 * they may be added later, but until then a warning says so and GE is blocked.
 */
export function createTemplate(command: CreateTemplate, existing: ExistingNames): Decision<ShippingTemplate> {
  const domestic = command.domesticShipping && validateDomesticShipping(command.domesticShipping, '/domesticShipping');
  const refusals = [
    ...nameRefusals(command.name, command.id, existing),
    ...(domestic && !domestic.ok ? domestic.refusals : []),
  ];
  if (refusals.length > 0) return refuse(...refusals);
  const warnings = domestic ? [] : [templateRefusals.warning('template.domestic_missing', '/domesticShipping')];
  const template: ShippingTemplate = {
    id: command.id,
    sellerId: command.sellerId,
    name: command.name,
    isDefault: existing.templates.length === 0,
    geState: 'off',
    geCommandNo: 0,
    geCommandLog: emptyGeCommandLog,
    blockedBy: [],
    regionAutomation: false,
    domesticAutomation: false,
    internationalAutomation: false,
    shipFrom: [],
    carrierPreferences: [],
    domesticShipping: command.domesticShipping,
    internationalFees: null,
    excludedDestinations: [],
    appliedSettingVersion: 0,
    suspendedDestinations: [],
    appliedSuspensionVersion: 0,
    wizard: null,
    version: 1,
  };
  return accept(template, warnings);
}
