import { describe, expect, it } from 'vitest';
import type { AddressId, ShippingTemplate } from '../../src/index.ts';
import {
  chooseShipFrom,
  confirmOptions,
  enableByHand,
  previewByHand,
  reviewOptions,
  saveTemplate,
  switchAutomationOn,
  switchGlobalExpressOn,
} from '../../src/index.ts';
import { aRegionSetting, suspensionsOf } from '../builders/aRegionSetting.ts';
import { aSeller, aSellerAddress, generalAddressId } from '../builders/aSeller.ts';
import { anEnabledTemplate, aTemplate, domesticByBand } from '../builders/aTemplate.ts';
import { enablement } from '../builders/contexts.ts';
import { codesOf, granted } from '../builders/refused.ts';

const context = enablement(7);
const shipFrom = [generalAddressId];

function reviewed(template: ShippingTemplate = aTemplate()) {
  const automation = granted(switchAutomationOn(template, context));
  const chosen = granted(chooseShipFrom(automation, { shipFrom }, context));
  return granted(reviewOptions(granted(switchGlobalExpressOn(chosen)), context));
}

describe('the by-hand path (R7, R8)', () => {
  it('goes from the automation over ship-from, GE, review and confirm to the save', () => {
    const { template, review } = reviewed();
    expect(template.geState).toBe('off');
    const confirmed = granted(confirmOptions(template, review.digest, context));
    const saved = granted(saveTemplate(confirmed, context));
    expect(saved).toMatchObject({ geState: 'enabled', geCommandNo: 7, wizard: null, shipFrom });
    expect(saved.internationalFees).toEqual(review.options.internationalFees);
  });

  it('asks for the general address first, and says what is wrong with it', () => {
    const none = switchAutomationOn(aTemplate(), enablement(1, { addresses: [] }));
    expect(none).toMatchObject({
      ok: false,
      refusals: [{ code: 'template.step_missing', params: { step: 'address' } }, {}],
    });
    const addresses = [aSellerAddress(generalAddressId, { line1: 'P.O. Box 7' })];
    const box = switchAutomationOn(aTemplate(), enablement(1, { addresses }));
    expect(codesOf(box)).toEqual(['template.step_missing', 'address.po_box']);
  });

  it('takes several ship-from addresses, each valid and of the seller', () => {
    const on = granted(switchAutomationOn(aTemplate(), context));
    const addresses = [aSellerAddress(), aSellerAddress('adr_two'), aSellerAddress('adr_box', { line1: 'PO Box 1' })];
    const choose = (...ids: string[]) =>
      chooseShipFrom(on, { shipFrom: ids as AddressId[] }, { ...context, addresses });
    expect(granted(choose('adr_two', 'adr_general', 'adr_two')).shipFrom).toEqual(['adr_two', 'adr_general']);
    expect(codesOf(choose())).toEqual(['template.ship_from_missing']);
    expect(choose('adr_box', 'adr_none')).toMatchObject({
      refusals: [
        { code: 'address.po_box', field: '/shipFrom/0/line1' },
        { code: 'template.ship_from_unknown', field: '/shipFrom/1' },
      ],
    });
    expect(codesOf(choose(...Array.from({ length: 51 }, () => 'adr_two')))).toEqual(['template.ship_from_too_many']);
  });

  it('lets carrier preferences be skipped; names switch domestic automation on, an empty list off', () => {
    const on = granted(switchAutomationOn(aTemplate({ regionAutomation: true, domesticAutomation: true }), context));
    const choose = (carrierPreferences?: readonly string[]) =>
      chooseShipFrom(on, { shipFrom, carrierPreferences }, context);
    expect(granted(choose())).toMatchObject({ domesticAutomation: true, carrierPreferences: [] });
    expect(granted(choose(['UPS', 'USPS']))).toMatchObject({
      domesticAutomation: true,
      carrierPreferences: ['UPS', 'USPS'],
    });
    expect(granted(choose([]))).toMatchObject({ domesticAutomation: false, carrierPreferences: [] });
    for (const bad of [[''], ['UPS', 'UPS'], ['x'.repeat(51)], Array.from({ length: 21 }, (_, i) => `C${i}`)]) {
      expect(codesOf(choose(bad))).toEqual(['template.carrier_preference_invalid']);
    }
  });

  it('refuses sellers outside the United States and templates that are enabled already', () => {
    const seller = aSeller({ country: 'CA' as never });
    expect(codesOf(switchAutomationOn(aTemplate(), { ...context, seller }))).toEqual(['seller.not_in_united_states']);
    expect(codesOf(switchAutomationOn(anEnabledTemplate(), context))).toEqual(['template.already_enabled']);
    expect(codesOf(saveTemplate(anEnabledTemplate(), context))).toEqual(['template.already_enabled']);
  });

  it('lets a seller go back; what came after has to be taken again', () => {
    const { template } = reviewed();
    const back = granted(chooseShipFrom(template, { shipFrom }, context));
    expect(reviewOptions(back, context)).toMatchObject({ refusals: [{ params: { step: 'ge_switched_on' } }] });
  });
});

describe('the review and its digest (R8)', () => {
  it('shows the template as the save will leave it', () => {
    const seller = aSeller({ regionAutoApply: true });
    const full = enablement(7, {
      seller,
      currentSetting: aRegionSetting(1, 3, ['FR']),
      suspensions: suspensionsOf(2, 'JP'),
    });
    const { review, template } = granted(enableByHand(aTemplate(), { shipFrom }, full));
    expect(review.options).toMatchObject({
      shipFrom: template.shipFrom,
      domesticShipping: template.domesticShipping,
      internationalFees: template.internationalFees,
      excludedDestinations: ['FR'],
      suspendedDestinations: ['JP'],
      transitTime: 'managed_by_programme',
    });
    expect(review.options.destinations).not.toContain('FR');
    expect(review.options.destinations).not.toContain('JP');
    expect(review.options.destinations.length).toBeGreaterThan(100);
    expect(review.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  it('names every missing item', () => {
    const on = granted(switchAutomationOn(aTemplate({ domesticShipping: null }), context));
    const ready = granted(switchGlobalExpressOn(granted(chooseShipFrom(on, { shipFrom }, context))));
    expect(codesOf(reviewOptions(ready, enablement(1, { addresses: [] })))).toEqual([
      'template.general_address_missing',
      'template.ship_from_unknown',
      'template.domestic_missing',
    ]);
  });

  it('is refused at confirm when it is not the digest of the review', () => {
    const { template } = reviewed();
    expect(codesOf(confirmOptions(template, '0'.repeat(64), context))).toEqual(['template.digest_stale']);
  });

  it('goes stale with any change of the options or of the address behind them, at confirm and at the save', () => {
    const { template, review } = reviewed();
    const confirmed = granted(confirmOptions(template, review.digest, context));
    const moved = enablement(7, { addresses: [aSellerAddress(generalAddressId, { line1: '1 Pine St' })] });
    const suspended = enablement(7, { suspensions: suspensionsOf(1, 'JP') });
    expect(codesOf(confirmOptions(template, review.digest, moved))).toEqual(['template.digest_stale']);
    expect(codesOf(saveTemplate(confirmed, suspended))).toEqual(['template.digest_stale']);
    const repriced = { ...confirmed, domesticShipping: domesticByBand };
    expect(codesOf(saveTemplate(repriced, context))).toEqual(['template.digest_stale']);
  });
});

describe('the whole path in one call', () => {
  it('saves what its own review says, or what was reviewed before', () => {
    const { review } = granted(previewByHand(aTemplate(), { shipFrom }, context));
    const result = granted(enableByHand(aTemplate(), { shipFrom, digest: review.digest }, context));
    expect(result.template.geState).toBe('enabled');
    expect(granted(enableByHand(aTemplate(), { shipFrom }, context))).toEqual(result);
  });

  it('is refused with a digest of other options', () => {
    const addresses = [aSellerAddress(), aSellerAddress('adr_two')];
    const both = enablement(7, { addresses });
    const { review } = granted(previewByHand(aTemplate(), { shipFrom }, both));
    const other = { shipFrom: ['adr_two' as AddressId], digest: review.digest };
    expect(codesOf(enableByHand(aTemplate(), other, both))).toEqual(['template.digest_stale']);
  });

  it('enables a blocked or deactivated template, and loses to a newer command', () => {
    const off = aTemplate({
      geState: 'deactivated',
      geCommandNo: 9,
      geCommandLog: { deactivatedNo: 9, enabledNos: [] },
    });
    expect(codesOf(enableByHand(off, { shipFrom }, context))).toEqual(['template.newer_command']);
    expect(granted(enableByHand(off, { shipFrom }, enablement(10))).template.geState).toBe('enabled');
    const blocked = aTemplate({ geState: 'blocked', geCommandNo: 3 });
    expect(granted(enableByHand(blocked, { shipFrom }, context)).template.blockedBy).toEqual([]);
  });
});
