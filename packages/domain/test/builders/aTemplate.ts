import type { CommandNo, DomesticShipping, InternationalFees, ShippingTemplate, TemplateId } from '../../src/index.ts';
import { currentFeeSchedule, prefillFees } from '../../src/index.ts';
import { generalAddressId, sellerId } from './aSeller.ts';
import { aMoment } from './moments.ts';

/** Standard shipping by shipment and item: the least that R9 asks for. */
export const domesticByShipment: DomesticShipping = {
  serviceLevels: [
    {
      level: 'standard',
      transitDays: { min: 4, max: 8 },
      fee: {
        kind: 'per_item',
        perShipment: { minor: 400, currency: 'USD' },
        perItem: { minor: 100, currency: 'USD' },
      },
    },
  ],
};

/** Standard shipping by price band, free from 50.00 on. */
export const domesticByBand: DomesticShipping = {
  serviceLevels: [
    {
      level: 'standard',
      transitDays: { min: 4, max: 8 },
      fee: {
        kind: 'price_banded',
        bands: [
          {
            from: { minor: 0, currency: 'USD' },
            upTo: { minor: 4999, currency: 'USD' },
            fee: { minor: 1000, currency: 'USD' },
          },
          { from: { minor: 5000, currency: 'USD' }, upTo: null, fee: { minor: 0, currency: 'USD' } },
        ],
      },
    },
  ],
};

export const prefilledFees: InternationalFees = prefillFees(currentFeeSchedule(aMoment).version, 'shipment_based');

/** A template as a seller has it before the programme: domestic settings, no automation, no GE. */
export const aTemplate = (change: Partial<ShippingTemplate> = {}): ShippingTemplate => ({
  id: 'tpl_one' as TemplateId,
  sellerId,
  name: 'Standard US',
  isDefault: false,
  geState: 'off',
  geCommandNo: 0,
  geCommandLog: { deactivatedNo: 0, enabledNos: [] },
  blockedBy: [],
  regionAutomation: false,
  domesticAutomation: false,
  internationalAutomation: false,
  shipFrom: [],
  carrierPreferences: [],
  domesticShipping: domesticByShipment,
  internationalFees: null,
  excludedDestinations: [],
  appliedSettingVersion: 0,
  suspendedDestinations: [],
  appliedSuspensionVersion: 0,
  wizard: null,
  version: 1,
  ...change,
});

/** A template that the command `since` enabled and nothing has touched after. */
export const anEnabledTemplate = (since: CommandNo = 1, change: Partial<ShippingTemplate> = {}): ShippingTemplate =>
  aTemplate({
    geState: 'enabled',
    geCommandNo: since,
    geCommandLog: { deactivatedNo: 0, enabledNos: [since] },
    regionAutomation: true,
    internationalAutomation: true,
    shipFrom: [generalAddressId],
    internationalFees: prefilledFees,
    ...change,
  });
