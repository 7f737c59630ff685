import { addressTroubles } from '../data/addressTroubles.ts';
import { countriesOf } from '../data/regionMembers.ts';
import type { World } from '../plan/buildWorld.ts';
import { becomesEnabled, isInvited, type SellerPlan, type TemplatePlan } from '../plan/world.ts';
import { sum, tally } from './tally.ts';

const templatesOf = (sellers: readonly SellerPlan[]): readonly TemplatePlan[] =>
  sellers.flatMap((seller) => seller.templates);

export function imported({ sellers }: World) {
  const templates = templatesOf(sellers);
  const perSeller = sellers.map((seller) => seller.templates.length);
  return {
    sellers: sellers.length,
    sellersByCountry: tally(sellers.map(({ country }) => country)),
    sellersByLocale: tally(sellers.map(({ locale }) => locale)),
    addresses: sum(sellers.map(({ addresses }) => addresses.length)),
    generalAddresses: tally(sellers.filter(isInvited).map(({ trouble }) => trouble ?? 'good')),
    templates: templates.length,
    templatesByWizardStep: tally(templates.map(({ wizard }) => wizard?.step ?? 'untouched')),
    templatesWithoutDomesticSettings: templates.filter((template) => template.domesticShipping === null).length,
    templatesWithDomesticAutomation: templates.filter((template) => template.domesticAutomation).length,
    templatesRenamed: templates.filter(({ formerNames }) => formerNames.length > 0).length,
    sellersWithMoreThan30Templates: perSeller.filter((count) => count > 30).length,
    skus: sum(sellers.map(({ skus }) => skus.length)),
    skusByVerdict: tally(
      (function* () {
        for (const { skus } of sellers) for (const { verdict } of skus) yield verdict;
      })(),
    ),
  };
}

export function campaign({ sellers }: World) {
  const invited = sellers.filter(isInvited);
  const abroad = sellers.filter((seller) => !isInvited(seller));
  return {
    invited: invited.length,
    mailsByLocale: tally(invited.map(({ locale }) => locale)),
    notEligible: abroad.length,
    notEligibleByCode: { 'seller.not_in_united_states': abroad.length },
    samples: {
      invited: invited.slice(0, 3).map(({ id }) => id),
      invitedThoughAddressIsBad: invited
        .filter(({ trouble }) => trouble !== null)
        .slice(0, 3)
        .map(({ id }) => id),
      notEligible: abroad.slice(0, 3).map(({ id }) => id),
    },
  };
}

export function enrollment({ sellers, story }: World) {
  return {
    pressedEnroll: sellers.filter(({ enrolls }) => enrolls).length,
    invitationsStillOpen: story.ignoreInvitation.length,
    stillOpen: story.ignoreInvitation.map(({ id }) => id),
  };
}

const missingOf = (seller: SellerPlan, template: TemplatePlan): readonly string[] => [
  ...(seller.trouble === null ? [] : addressTroubles[seller.trouble]),
  ...(template.domesticShipping === null ? ['template.domestic_missing'] : []),
];

/** SKUs of a seller that are sold abroad as the templates stand after the propagation. */
export const exportableSkus = (
  seller: SellerPlan,
  templateOf = (index: number) => seller.skus[index]!.template,
): number => {
  const enabled = seller.templates.map((template) => becomesEnabled(seller, template));
  let count = 0;
  seller.skus.forEach(({ verdict }, index) => {
    if (verdict === 'eligible' && enabled[templateOf(index)]) count += 1;
  });
  return count;
};

export function propagation({ sellers }: World) {
  const enrolled = sellers.filter(({ enrolls }) => enrolls);
  const blocked = enrolled.flatMap((seller) =>
    seller.templates
      .filter((template) => !becomesEnabled(seller, template))
      .map((template) => ({ template, missing: missingOf(seller, template) })),
  );
  const perSeller = Object.fromEntries(
    enrolled.map((seller) => {
      const enabled = seller.templates.filter((template) => becomesEnabled(seller, template)).length;
      const waiting = seller.templates.length - enabled;
      const state = waiting > 0 ? 'active_with_blocked' : 'active';
      return [seller.id, { state, enabled, blocked: waiting, exportableSkus: exportableSkus(seller) }];
    }),
  );
  return {
    enrollmentsByState: tally(Object.values(perSeller).map(({ state }) => state)),
    templatesEnabled: sum(Object.values(perSeller).map(({ enabled }) => enabled)),
    templatesBlocked: blocked.length,
    templatesUntouched: templatesOf(sellers.filter(({ enrolls }) => !enrolls)).length,
    blockedByCode: tally(blocked.flatMap(({ missing }) => missing)),
    blockedByAllCodes: tally(blocked.map(({ missing }) => [...missing].sort().join(' + '))),
    exportableSkus: sum(Object.values(perSeller).map((seller) => seller.exportableSkus)),
    samples: blocked
      .filter(({ missing }, at) => blocked.findIndex((other) => other.missing.join() === missing.join()) === at)
      .map(({ template, missing }) => ({ templateId: template.id, missing })),
    perSeller,
  };
}

const enabledCount = (seller: SellerPlan): number =>
  seller.templates.filter((template) => becomesEnabled(seller, template)).length;

export function regionSettings({ regions }: World) {
  const saved = regions.filter(({ refusedWith }) => refusedWith === null);
  const refused = regions.filter(({ refusedWith }) => refusedWith !== null);
  return {
    saved: saved.length,
    refused: refused.length,
    refusedByCode: tally(refused.map(({ refusedWith }) => refusedWith!)),
    templatesTouched: sum(saved.map(({ seller }) => enabledCount(seller))),
    perSeller: Object.fromEntries(
      saved.map(({ seller, excludedDestinations }) => [
        seller.id,
        {
          version: 1,
          excludedDestinations: [...new Set(excludedDestinations)].sort(),
          countries: countriesOf(excludedDestinations).length,
          templatesTouched: enabledCount(seller),
        },
      ]),
    ),
  };
}

export function lateTemplates({ regions, story }: World) {
  const cases = story.lateTemplates.map(({ seller, template }) => {
    const excluded = regions.find((choice) => choice.seller === seller)!.excludedDestinations;
    const list = [...new Set(excluded)].sort();
    const before = enabledCount(seller);
    const reached = seller.regionAutoApply;
    return {
      sellerId: seller.id,
      templateId: template.id,
      automaticApplication: reached,
      onceEnabled: {
        appliedSettingVersion: reached ? 1 : 0,
        currentSettingVersion: 1,
        drifts: !reached,
        excludedDestinations: reached ? list : [],
      },
      savedAgain: reached
        ? null
        : { version: 2, excludedDestinations: list, templatesTouched: before + 1, drifting: 0 },
    };
  });
  return {
    enabled: cases.length,
    drifting: cases.filter(({ onceEnabled }) => onceEnabled.drifts).length,
    cases,
  };
}
