import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Suspension, SuspensionId } from '../../src/index.ts';
import {
  applySuspensions,
  destinationsOf,
  expandDestinations,
  isSuspended,
  liftSuspension,
  offersTo,
  suspendDestination,
  whyNotOffered,
} from '../../src/index.ts';
import { aRegionSetting, aSuspension, suspensionsOf } from '../builders/aRegionSetting.ts';
import { anEnabledTemplate, aTemplate } from '../builders/aTemplate.ts';
import { aMoment, daysLater } from '../builders/moments.ts';
import { codesOf, granted } from '../builders/refused.ts';
import { country } from './country.ts';

const none = { active: [], version: 0 };
const suspend = (
  destination: string,
  list = none as Parameters<typeof suspendDestination>[1],
  reason = 'Carrier stop',
) => suspendDestination({ id: 'sus_1' as SuspensionId, destination, reason }, list, aMoment);
const [FR, DE, JP] = [country('FR'), country('DE'), country('JP')];

describe('suspending and lifting (R13)', () => {
  it('makes the next version of the programme’s list, and so does lifting', () => {
    const suspension = granted(suspend('JP', { active: [], version: 4 }));
    expect(suspension).toMatchObject({ destination: 'JP', state: 'active', version: 5, reason: 'Carrier stop' });
    expect(granted(liftSuspension(suspension, 7, daysLater(1)))).toMatchObject({
      state: 'lifted',
      version: 8,
      liftedAt: daysLater(1),
    });
  });

  it('refuses unknown destinations, a missing reason, a second suspension of the same, and lifting twice', () => {
    expect(codesOf(suspend('XX'))).toEqual(['destination.country_unknown']);
    expect(codesOf(suspend('JP', none, ' '))).toEqual(['suspension.reason_invalid']);
    expect(codesOf(suspend('JP', suspensionsOf(1, 'JP')))).toEqual(['suspension.already_active']);
    expect(codesOf(liftSuspension(aSuspension('JP', { state: 'lifted' }), 2, aMoment))).toEqual([
      'suspension.already_lifted',
    ]);
    expect(suspend('FR', suspensionsOf(1, 'M49-155')).ok).toBe(true);
  });

  it('counts from the moment it is written, before any template shows it', () => {
    expect(isSuspended(JP, [aSuspension('JP')])).toBe(true);
    expect(isSuspended(FR, [aSuspension('M49-150')])).toBe(true);
    expect(isSuspended(FR, [aSuspension('M49-150', { state: 'lifted' })])).toBe(false);
    expect(offersTo(anEnabledTemplate(), JP, { suspensions: [aSuspension('JP')], now: aMoment })).toBe(false);
  });

  it('is shown in its own column, and lifting one removes only that', () => {
    const before = anEnabledTemplate(1, { excludedDestinations: ['FR'], appliedSettingVersion: 1 });
    const both = applySuspensions(before, [aSuspension('M49-155'), aSuspension('DE')], 2).template;
    expect(both).toMatchObject({ excludedDestinations: ['FR'], suspendedDestinations: ['DE', 'M49-155'] });
    const lifted = applySuspensions(both, [aSuspension('M49-155', { state: 'lifted' }), aSuspension('DE')], 3).template;
    expect(lifted).toMatchObject({ excludedDestinations: ['FR'], suspendedDestinations: ['DE'] });
    const all = applySuspensions(lifted, [], 4).template;
    expect(destinationsOf(all, aMoment)).toContain('DE');
    expect(destinationsOf(all, aMoment)).not.toContain('FR');
  });

  it('never shows an older list over a newer one, nor anything in a template without GE', () => {
    const shown = applySuspensions(anEnabledTemplate(), [aSuspension('JP')], 5).template;
    for (const version of [4, 5]) expect(applySuspensions(shown, [], version).template).toBe(shown);
    const off = aTemplate();
    expect(applySuspensions(off, [aSuspension('JP')], 1)).toEqual({ kind: 'unchanged', template: off });
  });

  it('after any suspensions and liftings stops just what is still active', () => {
    const codes = ['FR', 'DE', 'JP', 'M49-155', 'M49-150', 'M49-142'];
    const step = fc.record({ destination: fc.constantFrom(...codes), lift: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        let all: readonly Suspension[] = [];
        let version = 0;
        for (const { destination, lift } of steps) {
          const current = all.find((one) => one.destination === destination && one.state === 'active');
          const decision = lift
            ? current && liftSuspension(current, version, aMoment)
            : suspend(destination, { active: all, version });
          if (!decision?.ok) continue;
          version = decision.value.version;
          all = lift ? all.map((one) => (one === current ? decision.value : one)) : [...all, decision.value];
        }
        const active = expandDestinations(all.filter(({ state }) => state === 'active').map((one) => one.destination));
        for (const one of [FR, DE, JP]) expect(isSuspended(one, all)).toBe(active.includes(one));
      }),
    );
  });
});

describe('whether a template offers to a country', () => {
  const context = { suspensions: [], now: aMoment };

  it('names every reason against it', () => {
    const excluded = anEnabledTemplate(1, { excludedDestinations: ['M49-150'], appliedSettingVersion: 1 });
    const suspensions = [aSuspension('FR')];
    const codes = whyNotOffered(excluded, FR, { suspensions, now: aMoment }).map(({ code, rule }) => [code, rule]);
    expect(codes).toEqual([
      ['template.destination_excluded', 'R11'],
      ['template.destination_suspended', 'R13'],
    ]);
    expect(whyNotOffered(aTemplate(), FR, context).map(({ code }) => code)).toEqual(['template.not_exporting']);
    expect(whyNotOffered(anEnabledTemplate(), country('CU'), context)).toMatchObject([
      { code: 'destination.embargoed' },
    ]);
    expect(whyNotOffered(anEnabledTemplate(), country('US'), context)).toMatchObject([
      { code: 'destination.domestic' },
    ]);
  });

  it('obeys a setting from its save on, where it reaches the template', () => {
    const setting = aRegionSetting(1, 5, ['FR']);
    expect(offersTo(anEnabledTemplate(4), FR, { ...context, setting })).toBe(false);
    expect(offersTo(anEnabledTemplate(6), FR, { ...context, setting })).toBe(true);
    expect(offersTo(anEnabledTemplate(4), DE, { ...context, setting })).toBe(true);
  });

  it('sells to more than 100 countries without exclusions, and to none without GE (R24)', () => {
    expect(destinationsOf(anEnabledTemplate(), aMoment).length).toBeGreaterThanOrEqual(100);
    expect(destinationsOf(aTemplate(), aMoment)).toEqual([]);
  });

  it('lists just the countries it offers to', () => {
    const codes = fc.subarray(['FR', 'DE', 'JP', 'M49-155', 'M49-419']);
    fc.assert(
      fc.property(codes, codes, (excludedDestinations, stopped) => {
        const template = anEnabledTemplate(1, { excludedDestinations, appliedSettingVersion: 1 });
        const suspensions = stopped.map((destination) => aSuspension(destination));
        const offered = destinationsOf(template, aMoment, { suspensions });
        for (const one of destinationsOf(anEnabledTemplate(), aMoment)) {
          expect(offersTo(template, one, { suspensions, now: aMoment })).toBe(offered.includes(one));
        }
      }),
      { numRuns: 20 },
    );
  });
});
