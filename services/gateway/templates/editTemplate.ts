import { routes } from '@ge/api';
import {
  addressesOfSellers,
  removeAlias,
  ShippingTemplateEntity,
  TemplateAliasEntity,
  templateNamesOf,
} from '@ge/database';
import {
  makeDefault as decideDefault,
  editDomesticShipping as decideDomestic,
  editInternational as decideInternational,
  renameTemplate as decideName,
  editShipFrom as decideShipFrom,
} from '@ge/domain';
import { handle } from '../http/handler.ts';
import { decided } from '../http/refused.ts';
import { lockTemplate, saveDecided } from './lockTemplate.ts';
import { changedTemplate } from './templateShown.ts';

export const renameTemplate = handle(routes.templates.renameTemplate, async ({ tx, params, body, now, locale }) => {
  const { seller, template } = await lockTemplate(tx, params);
  const renamed = decided(decideName(template, body.name, await templateNamesOf(tx, seller.id)));
  const row = { ...template, ...renamed.template };
  if (renamed.retired) await removeAlias(tx, renamed.retired);
  if (renamed.alias) {
    await tx.insert(TemplateAliasEntity, [{ ...renamed.alias, createdAt: now }]);
    await tx.update(ShippingTemplateEntity, [row], ['name', 'version']);
  }
  return { status: 200, body: changedTemplate(row, seller, [], locale) };
});

export const makeDefault = handle(routes.templates.makeDefault, async ({ tx, params, locale }) => {
  const { seller, template } = await lockTemplate(tx, params);
  const { templates } = await templateNamesOf(tx, seller.id);
  const formerId = templates.find(({ isDefault }) => isDefault)?.id;
  const former = formerId && (await tx.lock(ShippingTemplateEntity, [formerId]))[0];
  const changed = decideDefault(template, former ?? null);
  // One after the other: at no moment may two of them be the default.
  for (const next of changed) {
    const row = next.id === template.id ? { ...template, ...next } : { ...former!, ...next };
    await tx.update(ShippingTemplateEntity, [row], ['isDefault', 'version']);
  }
  const row = { ...template, ...changed.find(({ id }) => id === template.id) };
  return { status: 200, body: changedTemplate(row, seller, [], locale) };
});

export const editDomesticShipping = handle(
  routes.templates.editDomesticShipping,
  async ({ tx, params, body, now, locale }) => {
    const { seller, template } = await lockTemplate(tx, params);
    const decision = decideDomestic(template, body.domesticShipping, now);
    const { row, warnings } = await saveDecided(tx, template, decision);
    return { status: 200, body: changedTemplate(row, seller, warnings, locale) };
  },
);

export const editInternational = handle(routes.templates.editInternational, async ({ tx, params, body, locale }) => {
  const { seller, template } = await lockTemplate(tx, params);
  const { row, warnings } = await saveDecided(tx, template, decideInternational(template, body));
  return { status: 200, body: changedTemplate(row, seller, warnings, locale) };
});

export const editShipFrom = handle(routes.templates.editShipFrom, async ({ tx, params, body, locale }) => {
  const { seller, template } = await lockTemplate(tx, params);
  const addresses = await addressesOfSellers(tx, [seller.id]);
  const { row, warnings } = await saveDecided(tx, template, decideShipFrom(template, body, addresses));
  return { status: 200, body: changedTemplate(row, seller, warnings, locale) };
});
