import { routes } from '@ge/api';
import { ShippingTemplateEntity } from '@ge/database';
import {
  switchAutomationOn as decideAutomation,
  confirmOptions as decideConfirmation,
  switchGlobalExpressOn as decideGlobalExpress,
  reviewOptions as decideReview,
  chooseShipFrom as decideShipFrom,
} from '@ge/domain';
import { handle } from '../http/handler.ts';
import { decided } from '../http/refused.ts';
import { enablementContext } from '../sellers/enablementContext.ts';
import { lockTemplate, saveDecided } from '../templates/lockTemplate.ts';
import { changedTemplate, templateShown } from '../templates/templateShown.ts';

export const switchAutomationOn = handle(routes.wizard.switchAutomationOn, async ({ tx, params, now, locale }) => {
  const { seller, template } = await lockTemplate(tx, params);
  const context = await enablementContext(tx, seller, now);
  const { row, warnings } = await saveDecided(tx, template, decideAutomation(template, context));
  return { status: 200, body: changedTemplate(row, seller, warnings, locale) };
});

export const chooseShipFrom = handle(routes.wizard.chooseShipFrom, async ({ tx, params, body, now, locale }) => {
  const { seller, template } = await lockTemplate(tx, params);
  const context = await enablementContext(tx, seller, now);
  const { row, warnings } = await saveDecided(tx, template, decideShipFrom(template, body, context));
  return { status: 200, body: changedTemplate(row, seller, warnings, locale) };
});

export const switchGlobalExpressOn = handle(routes.wizard.switchGlobalExpressOn, async ({ tx, params, locale }) => {
  const { seller, template } = await lockTemplate(tx, params);
  const { row, warnings } = await saveDecided(tx, template, decideGlobalExpress(template));
  return { status: 200, body: changedTemplate(row, seller, warnings, locale) };
});

export const reviewOptions = handle(routes.wizard.reviewOptions, async ({ tx, params, now, locale }) => {
  const { seller, template } = await lockTemplate(tx, params);
  const { review, template: reviewed } = decided(decideReview(template, await enablementContext(tx, seller, now)));
  const row = { ...template, ...reviewed };
  await tx.update(ShippingTemplateEntity, [row], ['wizard', 'version']);
  return { status: 200, body: { template: templateShown(row, seller, locale), review } };
});

export const confirmOptions = handle(routes.wizard.confirmOptions, async ({ tx, params, body, now, locale }) => {
  const { seller, template } = await lockTemplate(tx, params);
  const context = await enablementContext(tx, seller, now);
  const { row, warnings } = await saveDecided(tx, template, decideConfirmation(template, body.digest, context));
  return { status: 200, body: changedTemplate(row, seller, warnings, locale) };
});
