import { describe, expect, it } from 'vitest';
import { deactivateGlobalExpress, enableGlobalExpress } from '../../src/index.ts';
import { aRegionSetting } from '../builders/aRegionSetting.ts';
import { anEnabledTemplate, aTemplate } from '../builders/aTemplate.ts';
import { deactivation, enablement } from '../builders/contexts.ts';

describe('deactivating a template', () => {
  it('switches off only international automation where domestic automation is on (R19)', () => {
    const outcome = deactivateGlobalExpress(anEnabledTemplate(1, { domesticAutomation: true }), deactivation(2));
    expect(outcome).toMatchObject({ kind: 'deactivated', branch: 'international_off' });
    expect(outcome.template).toMatchObject({
      geState: 'deactivated',
      regionAutomation: true,
      domesticAutomation: true,
      internationalAutomation: false,
    });
  });

  it('switches off the whole automation where domestic automation is off (R20)', () => {
    const outcome = deactivateGlobalExpress(anEnabledTemplate(1), deactivation(2));
    expect(outcome).toMatchObject({ kind: 'deactivated', branch: 'region_automation_off' });
    expect(outcome.template).toMatchObject({
      geState: 'deactivated',
      regionAutomation: false,
      domesticAutomation: false,
      internationalAutomation: false,
    });
  });

  it('keeps ship-from, preferences, fees and domestic settings', () => {
    const before = anEnabledTemplate(1, { domesticAutomation: true, carrierPreferences: ['UPS'] });
    const { shipFrom, carrierPreferences, internationalFees, domesticShipping } = before;
    const { template } = deactivateGlobalExpress(before, deactivation(2));
    expect(template).toMatchObject({ shipFrom, carrierPreferences, internationalFees, domesticShipping });
  });

  it('takes the exclusions away with GE, so that enabling again starts without them (R12)', () => {
    const before = anEnabledTemplate(1, { excludedDestinations: ['FR'], appliedSettingVersion: 1 });
    const off = deactivateGlobalExpress(before, deactivation(3)).template;
    expect(off).toMatchObject({ excludedDestinations: [], appliedSettingVersion: 0 });
    const again = enableGlobalExpress(off, enablement(4, { currentSetting: aRegionSetting(1, 2) })).template;
    expect(again).toMatchObject({ geState: 'enabled', appliedSettingVersion: 0 });
  });

  it('leaves the switches of a template without GE alone', () => {
    const before = aTemplate({ regionAutomation: true, wizard: { step: 'automation_on', digest: null } });
    const outcome = deactivateGlobalExpress(before, deactivation(2));
    expect(outcome.kind).toBe('not_enabled');
    const { regionAutomation, wizard } = before;
    expect(outcome.template).toMatchObject({ geState: 'off', regionAutomation, wizard });
  });

  it('ends the waiting of a blocked template', () => {
    const blocked = enableGlobalExpress(aTemplate(), enablement(1, { addresses: [] })).template;
    const outcome = deactivateGlobalExpress(blocked, deactivation(2));
    expect(outcome).toMatchObject({ kind: 'unblocked', template: { geState: 'deactivated', blockedBy: [] } });
  });

  it('gives back the very template for a repeated or older deactivation', () => {
    const off = deactivateGlobalExpress(anEnabledTemplate(1), deactivation(4)).template;
    expect(deactivateGlobalExpress(off, deactivation(4)).template).toBe(off);
    expect(deactivateGlobalExpress(off, deactivation(3))).toEqual({ kind: 'unchanged', template: off });
  });
});

describe('late arrivals (promise 4)', () => {
  it('does not let an older activation undo a deactivation', () => {
    const off = deactivateGlobalExpress(aTemplate(), deactivation(2)).template;
    const late = enableGlobalExpress(off, enablement(1));
    expect(late.kind).toBe('unchanged');
    expect(late.template).toMatchObject({ geState: 'deactivated', internationalAutomation: false });
  });

  it('does not let an older deactivation undo a newer activation', () => {
    const on = anEnabledTemplate(3);
    expect(deactivateGlobalExpress(on, deactivation(2)).template.geState).toBe('enabled');
  });

  it('counts the time of being enabled from after a deactivation that arrives late', () => {
    // Enabled by 1, saved by 2, deactivated by 3, enabled again by 4: the exclusions went with 3.
    const setting = aRegionSetting(1, 2);
    const first = enableGlobalExpress(aTemplate(), enablement(1, { currentSetting: setting })).template;
    const again = enableGlobalExpress(first, enablement(4, { currentSetting: setting })).template;
    expect(again.appliedSettingVersion).toBe(1);
    const late = deactivateGlobalExpress(again, deactivation(3, { currentSetting: setting })).template;
    expect(late).toMatchObject({ geState: 'enabled', appliedSettingVersion: 0, excludedDestinations: [] });
  });
});
