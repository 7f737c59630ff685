import { describe, expect, it } from 'vitest';
import type { AddressId } from '../../src/index.ts';
import { destinationsOf, enableGlobalExpress } from '../../src/index.ts';
import { aRegionSetting, suspensionsOf } from '../builders/aRegionSetting.ts';
import { aSeller, aSellerAddress, generalAddressId } from '../builders/aSeller.ts';
import { anEnabledTemplate, aTemplate, domesticByBand, prefilledFees } from '../builders/aTemplate.ts';
import { enablement } from '../builders/contexts.ts';
import { aMoment } from '../builders/moments.ts';

describe('enabling a template (R3)', () => {
  it('switches the automation on, takes the general address as ship-from and pre-fills the fees', () => {
    const outcome = enableGlobalExpress(aTemplate(), enablement(5));
    expect(outcome.kind).toBe('enabled');
    expect(outcome.template).toMatchObject({
      geState: 'enabled',
      geCommandNo: 5,
      regionAutomation: true,
      internationalAutomation: true,
      shipFrom: [generalAddressId],
      internationalFees: prefilledFees,
      version: 2,
    });
  });

  it('keeps the ship-from addresses and the fees that the seller has chosen', () => {
    const fees = {
      ...prefilledFees,
      zones: prefilledFees.zones.map((zone) => ({ ...zone, setBy: 'seller' as const })),
    };
    const shipFrom = ['adr_two' as AddressId];
    const addresses = [aSellerAddress(), aSellerAddress('adr_two')];
    const { template } = enableGlobalExpress(
      aTemplate({ shipFrom, internationalFees: fees }),
      enablement(1, { addresses }),
    );
    expect(template.shipFrom).toBe(shipFrom);
    expect(template.internationalFees).toBe(fees);
  });

  it('keeps domestic automation on where the seller has it and never switches it on where not', () => {
    const on = enableGlobalExpress(aTemplate({ regionAutomation: true, domesticAutomation: true }), enablement(1));
    const meaningless = enableGlobalExpress(aTemplate({ domesticAutomation: true }), enablement(1));
    expect(on.template.domesticAutomation).toBe(true);
    expect(meaningless.template.domesticAutomation).toBe(false);
  });

  it('pre-fills fees in the rate model of the domestic settings, also over fees that no longer fit', () => {
    const { template } = enableGlobalExpress(
      aTemplate({ domesticShipping: domesticByBand, internationalFees: prefilledFees }),
      enablement(1),
    );
    expect(template.internationalFees?.zones.map(({ model }) => model.kind)).toEqual(
      prefilledFees.zones.map(() => 'price_banded'),
    );
  });

  it('blocks with every missing item at once and touches nothing else', () => {
    const template = aTemplate({ domesticShipping: null, shipFrom: ['adr_gone' as AddressId] });
    const outcome = enableGlobalExpress(template, enablement(3, { addresses: [] }));
    expect(outcome.kind).toBe('blocked');
    expect(outcome.template.blockedBy.map(({ code, rule, field }) => [code, rule, field])).toEqual([
      ['template.general_address_missing', 'R6', '/generalAddress'],
      ['template.ship_from_unknown', 'R7', '/shipFrom/0'],
      ['template.domestic_missing', 'R9', '/domesticShipping'],
    ]);
    const { geState, geCommandNo, blockedBy, version, ...rest } = outcome.template;
    expect({ geState, geCommandNo, version }).toEqual({ geState: 'blocked', geCommandNo: 3, version: 2 });
    expect(template).toMatchObject(rest);
    expect(blockedBy).toHaveLength(3);
  });

  it('blocks on a PO Box, a territory and a military address, naming the line', () => {
    for (const change of [
      { line1: 'PO Box 12' },
      { state: 'PR', city: 'San Juan', postalCode: '00901' },
      { line1: 'PSC 3 Box 4', city: 'APO', state: 'AE', postalCode: '09012' },
    ]) {
      const addresses = [aSellerAddress(generalAddressId, change)];
      const outcome = enableGlobalExpress(aTemplate(), enablement(1, { addresses }));
      expect(outcome.kind).toBe('blocked');
      expect(outcome.template.blockedBy.every(({ field }) => field.startsWith('/generalAddress/'))).toBe(true);
    }
  });

  it('blocks sellers outside the United States (R1)', () => {
    const seller = aSeller({ country: 'CN' as never });
    const outcome = enableGlobalExpress(aTemplate(), enablement(1, { seller }));
    expect(outcome.template.blockedBy.map(({ code }) => code)).toEqual(['seller.not_in_united_states']);
  });

  it('enables a blocked template once the items are there', () => {
    const blocked = enableGlobalExpress(aTemplate(), enablement(1, { addresses: [] })).template;
    const outcome = enableGlobalExpress(blocked, enablement(2));
    expect(outcome.kind).toBe('enabled');
    expect(outcome.template.blockedBy).toEqual([]);
  });

  it('gives back the very template for a repeated or older command', () => {
    const enabled = enableGlobalExpress(aTemplate(), enablement(4)).template;
    expect(enableGlobalExpress(enabled, enablement(4))).toEqual({ kind: 'unchanged', template: enabled });
    expect(enableGlobalExpress(enabled, enablement(4)).template).toBe(enabled);
    const blocked = enableGlobalExpress(aTemplate(), enablement(4, { addresses: [] })).template;
    expect(enableGlobalExpress(blocked, enablement(3)).template).toBe(blocked);
  });

  it('does not enable twice: an enabled template keeps its exclusions and its address checks are over', () => {
    const template = anEnabledTemplate(1, { excludedDestinations: ['FR'], appliedSettingVersion: 1 });
    const outcome = enableGlobalExpress(template, enablement(9, { addresses: [] }));
    expect(outcome.kind).toBe('already_enabled');
    expect(outcome.template).toMatchObject({ geState: 'enabled', geCommandNo: 9, excludedDestinations: ['FR'] });
  });
});

describe('what comes along with enabling (R12, R13)', () => {
  const currentSetting = aRegionSetting(1, 5, ['FR', 'M49-142']);

  it('leaves out a region setting that was saved before', () => {
    const { template } = enableGlobalExpress(aTemplate(), enablement(6, { currentSetting }));
    expect(template).toMatchObject({ excludedDestinations: [], appliedSettingVersion: 0 });
  });

  it('takes a setting that was saved after the command, though the template is enabled only now', () => {
    const { template } = enableGlobalExpress(aTemplate(), enablement(4, { currentSetting }));
    expect(template).toMatchObject({ excludedDestinations: ['FR', 'M49-142'], appliedSettingVersion: 1 });
  });

  it('takes the setting whenever it was saved if the seller opted in', () => {
    const seller = aSeller({ regionAutoApply: true });
    const { template } = enableGlobalExpress(aTemplate(), enablement(6, { currentSetting, seller }));
    expect(template.appliedSettingVersion).toBe(1);
  });

  it('shows the suspensions in their own column at once', () => {
    const { template } = enableGlobalExpress(aTemplate(), enablement(1, { suspensions: suspensionsOf(7, 'VE', 'CN') }));
    expect(template).toMatchObject({
      excludedDestinations: [],
      suspendedDestinations: ['CN', 'VE'],
      appliedSuspensionVersion: 7,
    });
    expect(destinationsOf(template, aMoment)).not.toContain('CN');
  });
});
