import { describe, expect, it } from 'vitest';
import type { AddressId, ShippingTemplate, TemplateId, ZoneFeeChange } from '../../src/index.ts';
import {
  createTemplate,
  deleteTemplate,
  editDomesticShipping,
  editInternational,
  editShipFrom,
  makeDefault,
  renameTemplate,
} from '../../src/index.ts';
import { aSellerAddress, sellerId } from '../builders/aSeller.ts';
import {
  anEnabledTemplate,
  aTemplate,
  domesticByBand,
  domesticByShipment,
  prefilledFees,
} from '../builders/aTemplate.ts';
import { aMoment } from '../builders/moments.ts';
import { codesOf, fieldsOf, granted } from '../builders/refused.ts';

const none = { templates: [], aliases: [] };
const create = (
  name: string,
  existing: Parameters<typeof createTemplate>[1] = none,
  domesticShipping = domesticByShipment,
) => createTemplate({ id: 'tpl_new' as TemplateId, sellerId, name, domesticShipping }, existing);

describe('managed fields of a GE-enabled template (R10)', () => {
  const zone = prefilledFees.zones[0]!;
  const dearer: ZoneFeeChange = {
    zone: zone.zone,
    model: {
      kind: 'per_weight',
      perShipment: { minor: 9900, currency: 'USD' },
      perUnit: { minor: 100, currency: 'USD' },
      unit: 'kg',
    },
  };

  it('refuses writes to transit time and to countries, each by its field, and changes nothing of the rest', () => {
    const decision = editInternational(anEnabledTemplate(), {
      transitTime: { min: 1 },
      countries: ['FR'],
      fees: [dearer],
    });
    expect(codesOf(decision)).toEqual(['template.transit_time_managed', 'template.countries_managed']);
    expect(fieldsOf(decision)).toEqual(['/transitTime', '/countries']);
    expect(decision).toMatchObject({ refusals: [{ rule: 'R10' }, { rule: 'R10' }] });
  });

  it('refuses a managed field even where it is sent empty', () => {
    expect(codesOf(editInternational(anEnabledTemplate(), { countries: null }))).toEqual([
      'template.countries_managed',
    ]);
  });

  it('lets the seller change fee amounts and marks them as the seller’s', () => {
    const edited = granted(editInternational(anEnabledTemplate(), { fees: [dearer] }));
    expect(edited.internationalFees?.zones[0]).toEqual({ ...dearer, setBy: 'seller' });
    expect(edited.internationalFees?.zones.slice(1)).toEqual(prefilledFees.zones.slice(1));
    expect(edited.version).toBe(2);
  });

  it('refuses a fee of another shape', () => {
    const perItem: ZoneFeeChange = {
      zone: zone.zone,
      model: { kind: 'per_item', perShipment: { minor: 1, currency: 'USD' }, perItem: { minor: 1, currency: 'USD' } },
    };
    const decision = editInternational(anEnabledTemplate(), { fees: [perItem] });
    expect(codesOf(decision)).toEqual(['template.fee_shape_changed']);
    expect(fieldsOf(decision)).toEqual(['/fees/0/model']);
  });

  it('refuses writes to the international half of a template without GE', () => {
    expect(codesOf(editInternational(aTemplate(), { fees: [dearer] }))).toEqual(['template.not_enabled']);
  });

  it('fills the fees in anew, with a warning, when the rate model of the template changes', () => {
    const decision = editDomesticShipping(anEnabledTemplate(), domesticByBand, aMoment);
    expect(decision).toMatchObject({ ok: true, warnings: [{ code: 'template.fees_refilled' }] });
    expect(granted(decision).internationalFees?.zones[0]?.model.kind).toBe('price_banded');
    const same = editDomesticShipping(anEnabledTemplate(), domesticByShipment, aMoment);
    expect(same).toMatchObject({ ok: true, warnings: [] });
  });

  it('changes ship-from addresses of an enabled template under the same rules as the wizard', () => {
    const addresses = [aSellerAddress('adr_two')];
    const choice = { shipFrom: ['adr_two' as AddressId] };
    expect(granted(editShipFrom(anEnabledTemplate(), choice, addresses)).shipFrom).toEqual(['adr_two']);
    expect(codesOf(editShipFrom(anEnabledTemplate(), choice, []))).toEqual(['template.ship_from_unknown']);
    expect(codesOf(editShipFrom(aTemplate(), choice, addresses))).toEqual(['template.not_enabled']);
  });
});

describe('creating and naming templates (R9, R15)', () => {
  it('makes the first template the default, without GE', () => {
    expect(granted(create('First'))).toMatchObject({ isDefault: true, geState: 'off', version: 1 });
    expect(granted(create('Second', { templates: [aTemplate()], aliases: [] })).isDefault).toBe(false);
  });

  it('warns when domestic settings are missing and refuses unsound ones', () => {
    const command = { id: 'tpl_new' as TemplateId, sellerId, name: 'New' };
    const without = createTemplate({ ...command, domesticShipping: null }, none);
    expect(without).toMatchObject({ ok: true, warnings: [{ code: 'template.domestic_missing', rule: 'R9' }] });
    expect(codesOf(createTemplate({ ...command, domesticShipping: { serviceLevels: [] } }, none))).toEqual([
      'domestic.standard_missing',
    ]);
  });

  it('refuses names that a feed could not repeat exactly', () => {
    for (const name of ['', ' Edge', 'Edge ', 'Tab\tin it', 'Line\nbreak', 'x'.repeat(101)]) {
      expect(codesOf(create(name))).toEqual(['template.name_invalid']);
    }
    for (const name of ['a', '标准配送', "Free & 'fast' (US)", 'x'.repeat(100)]) {
      expect(create(name).ok).toBe(true);
    }
  });

  it('refuses a name that another template has or had', () => {
    const other = aTemplate({ id: 'tpl_other' as TemplateId, name: 'Taken' });
    const aliases = [{ sellerId, name: 'Former', templateId: other.id }];
    const existing = { templates: [other], aliases };
    expect(codesOf(create('Taken', existing))).toEqual(['template.name_taken']);
    expect(codesOf(create('Former', existing))).toEqual(['template.name_taken']);
    expect(create('taken', existing).ok).toBe(true);
  });

  it('keeps the old name as an alias, and takes an alias back that becomes the name again', () => {
    const template = aTemplate({ name: 'Old' });
    const first = granted(renameTemplate(template, 'New', { templates: [template], aliases: [] }));
    expect(first.template.name).toBe('New');
    expect(first.alias).toEqual({ sellerId, name: 'Old', templateId: template.id });
    const back = granted(
      renameTemplate(first.template, 'Old', { templates: [first.template], aliases: [first.alias!] }),
    );
    expect(back).toMatchObject({ template: { name: 'Old' }, alias: { name: 'New' }, retired: { name: 'Old' } });
  });

  it('takes renaming to the same name as no change', () => {
    const template = aTemplate();
    const result = granted(renameTemplate(template, template.name, { templates: [template], aliases: [] }));
    expect(result).toEqual({ template, alias: null, retired: null });
  });
});

describe('default and deletion (R16)', () => {
  it('moves the default from one template to the other', () => {
    const former = aTemplate({ id: 'tpl_former' as TemplateId, isDefault: true });
    const changed: readonly ShippingTemplate[] = makeDefault(aTemplate(), former);
    expect(changed.map(({ id, isDefault }) => [id, isDefault])).toEqual([
      ['tpl_former', false],
      ['tpl_one', true],
    ]);
    expect(makeDefault(former, former)).toEqual([]);
  });

  it('refuses to delete the default and templates with SKUs, naming both reasons', () => {
    expect(codesOf(deleteTemplate(aTemplate({ isDefault: true }), 3))).toEqual([
      'template.default_kept',
      'template.has_skus',
    ]);
    expect(deleteTemplate(aTemplate(), 0).ok).toBe(true);
  });
});
