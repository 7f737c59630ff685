import { canonicalJson } from './canonicalJson.ts';
import type { ShippingTemplate } from './shippingTemplate.ts';

/** What GE commands govern or fill in; the version and the seller's own settings are left out. */
const governed = (template: ShippingTemplate) => ({
  geState: template.geState,
  blockedBy: template.blockedBy,
  regionAutomation: template.regionAutomation,
  domesticAutomation: template.domesticAutomation,
  internationalAutomation: template.internationalAutomation,
  shipFrom: template.shipFrom,
  internationalFees: template.internationalFees,
  wizard: template.wizard,
});

/** Whether a GE command has left everything it governs as it was. */
export const governedAlike = (one: ShippingTemplate, other: ShippingTemplate): boolean =>
  canonicalJson(governed(one)) === canonicalJson(governed(other));
