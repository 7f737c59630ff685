import { routes } from '@ge/api';
import { activateTemplate } from '@ge/contracts';
import {
  drawCommandNo,
  outgoing,
  type SellerRow,
  ShippingTemplateEntity,
  startOperation,
  type TemplateRow,
  type Transaction,
} from '@ge/database';
import {
  confirmOptions,
  previewByHand as decidePreview,
  saveTemplate as decideSave,
  type ReviewContext,
} from '@ge/domain';
import { acceptedBody } from '../http/accepted.ts';
import { handle } from '../http/handler.ts';
import { decided } from '../http/refused.ts';
import { enablementContext } from '../sellers/enablementContext.ts';
import { lockTemplate } from '../templates/lockTemplate.ts';

/** Judges the save of a confirmed template and owes it to the worker, which judges again when its turn comes (R8). */
async function owe(tx: Transaction, seller: SellerRow, confirmed: TemplateRow, context: ReviewContext) {
  const commandNo = await drawCommandNo(tx, seller.id);
  decided(decideSave(confirmed, { ...context, commandNo }));
  const payload = { sellerId: seller.id, templateId: confirmed.id, commandNo };
  const message = outgoing(activateTemplate, { payload, sellerId: seller.id, commandNo });
  return startOperation(tx, { kind: activateTemplate.name, sellerId: seller.id, now: context.now }, [message]);
}

export const saveTemplate = handle(routes.wizard.saveTemplate, async ({ tx, params, now, locale }) => {
  const { seller, template } = await lockTemplate(tx, params);
  const context = await enablementContext(tx, seller, now);
  return { status: 202, body: acceptedBody(await owe(tx, seller, template, context), [], locale) };
});

export const previewByHand = handle(routes.wizard.previewByHand, async ({ tx, params, body, now }) => {
  const { seller, template } = await lockTemplate(tx, params);
  const { review } = decided(decidePreview(template, body, await enablementContext(tx, seller, now)));
  return { status: 200, body: { review } };
});

export const enableByHand = handle(routes.wizard.enableByHand, async ({ tx, params, body, now, locale }) => {
  const { seller, template } = await lockTemplate(tx, params);
  const context = await enablementContext(tx, seller, now);
  const { template: reviewed, review } = decided(decidePreview(template, body, context));
  const confirmed = decided(confirmOptions(reviewed, body.digest ?? review.digest, context));
  const row = { ...template, ...confirmed };
  await tx.update(ShippingTemplateEntity, [row]);
  const operationId = await owe(tx, seller, row, context);
  return { status: 202, body: { ...acceptedBody(operationId, [], locale), review } };
});
