import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyRegionSetting,
  countries,
  regions,
  saveRegionSetting,
  setRegionAutoApply,
  templateDrift,
} from '../../src/index.ts';
import { aRegionSetting } from '../builders/aRegionSetting.ts';
import { aSeller } from '../builders/aSeller.ts';
import { anEnabledTemplate, aTemplate } from '../builders/aTemplate.ts';
import { aMoment } from '../builders/moments.ts';
import { fieldsOf, granted } from '../builders/refused.ts';

const save = (chosen: readonly string[], seller = aSeller()) => saveRegionSetting(seller, chosen, 9, aMoment);

describe('saving a region setting (R11)', () => {
  it('keeps regions as chosen, sorted, each once, as the next version', () => {
    const { setting, seller } = granted(save(['M49-155', 'JP', 'BR', 'JP'], aSeller({ regionSettingVersion: 4 })));
    expect(setting).toMatchObject({ excludedDestinations: ['BR', 'JP', 'M49-155'], version: 5, commandNo: 9 });
    expect(seller.regionSettingVersion).toBe(5);
  });

  it('replaces the whole list, also by an empty one', () => {
    expect(granted(save([])).setting.excludedDestinations).toEqual([]);
  });

  it('makes a new version of the very same list: that is how templates enabled later are reached (R12)', () => {
    const first = granted(save(['FR']));
    const second = granted(save(['FR'], first.seller));
    expect([first.setting.version, second.setting.version]).toEqual([1, 2]);
  });

  it('refuses unknown codes and United States soil, each by name', () => {
    const decision = save(['FR', 'UK', 'M49-999', 'US', 'europe']);
    expect(decision.ok).toBe(false);
    expect(fieldsOf(decision)).toEqual([1, 2, 3, 4].map((index) => `/excludedDestinations/${index}`));
  });

  it('keeps a country that is not served at present, with a warning, so that saving again never fails over an embargo', () => {
    const decision = save(['CU', 'FR']);
    expect(decision).toMatchObject({
      ok: true,
      warnings: [{ code: 'region.setting_unserved', params: { code: 'CU' } }],
    });
    expect(granted(decision).setting.excludedDestinations).toEqual(['CU', 'FR']);
  });

  it('gives one list for one choice, in whatever order and however often it is named', () => {
    const codes = [...countries.map(({ code }) => code), ...regions.map(({ code }) => code)];
    const known = codes.filter((code) => save([code]).ok);
    expect(known.length).toBeGreaterThan(200);
    const shuffled = fc
      .subarray(known, { maxLength: 60 })
      .chain((chosen) => fc.tuple(fc.constant(chosen), fc.shuffledSubarray([...chosen, ...chosen])));
    fc.assert(
      fc.property(shuffled, ([chosen, others]) => {
        const one = granted(save(chosen)).setting.excludedDestinations;
        expect(one).toEqual([...chosen].sort());
        expect(granted(save([...others, ...chosen])).setting.excludedDestinations).toEqual(one);
      }),
    );
  });
});

describe('applying a region setting to a template (R11, R12)', () => {
  const setting = aRegionSetting(3, 8, ['FR', 'M49-142']);

  it('reaches templates that were enabled before the save', () => {
    const outcome = applyRegionSetting(anEnabledTemplate(7), setting);
    expect(outcome.kind).toBe('changed');
    expect(outcome.template).toMatchObject({
      excludedDestinations: ['FR', 'M49-142'],
      appliedSettingVersion: 3,
      version: 2,
    });
  });

  it('never reaches templates enabled after the save, nor those without GE', () => {
    const others = (['off', 'blocked', 'deactivated'] as const).map((geState) =>
      aTemplate({ geState, geCommandNo: 1 }),
    );
    for (const template of [anEnabledTemplate(9), ...others]) {
      expect(applyRegionSetting(template, setting)).toEqual({ kind: 'unchanged', template });
      expect(applyRegionSetting(template, setting).template).toBe(template);
    }
  });

  it('never puts an older version over a newer one, and a repeat changes nothing', () => {
    const { template } = applyRegionSetting(anEnabledTemplate(1), setting);
    expect(applyRegionSetting(template, setting).template).toBe(template);
    expect(applyRegionSetting(template, aRegionSetting(2, 5, ['JP'])).template).toBe(template);
  });

  it('leaves the suspensions and everything else alone', () => {
    const before = anEnabledTemplate(1, { suspendedDestinations: ['VE'], appliedSuspensionVersion: 2 });
    const { template } = applyRegionSetting(before, setting);
    expect(template).toEqual({
      ...before,
      excludedDestinations: setting.excludedDestinations,
      appliedSettingVersion: 3,
      version: 2,
    });
  });
});

describe('drift (R12)', () => {
  it('shows in enabled templates below the current version until the seller saves again', () => {
    const seller = aSeller({ regionSettingVersion: 1 });
    const late = anEnabledTemplate(9);
    expect(templateDrift(late, seller)).toEqual({ drifts: true, appliedVersion: 0, currentVersion: 1 });
    const again = granted(saveRegionSetting(seller, ['FR'], 10, aMoment));
    const { template } = applyRegionSetting(late, again.setting);
    expect(templateDrift(template, again.seller).drifts).toBe(false);
  });

  it('is none in templates without GE, and none before the first save', () => {
    expect(templateDrift(aTemplate(), aSeller({ regionSettingVersion: 2 })).drifts).toBe(false);
    expect(templateDrift(anEnabledTemplate(), aSeller()).drifts).toBe(false);
  });

  it('is avoided by the opt-in', () => {
    const seller = aSeller();
    expect(setRegionAutoApply(seller, true).regionAutoApply).toBe(true);
    expect(setRegionAutoApply(seller, false)).toBe(seller);
  });
});
