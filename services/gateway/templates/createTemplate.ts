import { routes } from '@ge/api';
import { newId, ShippingTemplateEntity, templateNamesOf } from '@ge/database';
import { createTemplate as decide, type TemplateId } from '@ge/domain';
import { handle } from '../http/handler.ts';
import { decided } from '../http/refused.ts';
import { lockSeller } from '../sellers/lockSeller.ts';
import { changedTemplate } from './templateShown.ts';

export const createTemplate = handle(routes.templates.createTemplate, async ({ tx, params, body, now, locale }) => {
  const seller = await lockSeller(tx, params.sellerId);
  const existing = await templateNamesOf(tx, seller.id);
  const decision = decide({ id: newId<TemplateId>('tpl'), sellerId: seller.id, ...body }, existing);
  const row = { ...decided(decision), createdAt: now };
  await tx.insert(ShippingTemplateEntity, [row]);
  return { status: 201, body: changedTemplate(row, seller, decision.ok ? decision.warnings : [], locale) };
});
