import { routes } from '@ge/api';
import { deactivateTemplate as deactivateTemplateJob, propagateDeactivation } from '@ge/contracts';
import {
  countEligibleSkus,
  countPendingOrders,
  drawCommandNo,
  outgoing,
  startOperation,
  templatesOf,
} from '@ge/database';
import { previewDeactivation as decidePreview } from '@ge/domain';
import { acceptedBody } from '../http/accepted.ts';
import { handle } from '../http/handler.ts';
import { decided } from '../http/refused.ts';
import { lockSeller, readSeller } from '../sellers/lockSeller.ts';
import { lockTemplate } from '../templates/lockTemplate.ts';

export const previewDeactivation = handle(routes.deactivation.previewDeactivation, async ({ tx, params, body }) => {
  const seller = await readSeller(tx, params.sellerId);
  const templates = await templatesOf(tx, seller.id, body.templates);
  const ids = templates.map(({ id }) => id);
  const skuCounts = await countEligibleSkus(tx, ids);
  const pendingOrders = await countPendingOrders(tx, seller.id);
  const preview = decidePreview({ templates, scope: body.templates, skuCounts, pendingOrders });
  return { status: 200, body: decided(preview) };
});

export const deactivateAll = handle(routes.deactivation.deactivateAll, async ({ tx, params, now, locale }) => {
  const { id: sellerId } = await lockSeller(tx, params.sellerId);
  const commandNo = await drawCommandNo(tx, sellerId);
  const message = outgoing(propagateDeactivation, { payload: { sellerId, commandNo }, sellerId, commandNo });
  const operationId = await startOperation(tx, { kind: propagateDeactivation.name, sellerId, now }, [message]);
  return { status: 202, body: acceptedBody(operationId, [], locale) };
});

export const deactivateTemplate = handle(
  routes.deactivation.deactivateTemplate,
  async ({ tx, params, now, locale }) => {
    const { seller, template } = await lockTemplate(tx, params);
    const commandNo = await drawCommandNo(tx, seller.id);
    const payload = { sellerId: seller.id, templateId: template.id, commandNo };
    const message = outgoing(deactivateTemplateJob, { payload, sellerId: seller.id, commandNo });
    const command = { kind: deactivateTemplateJob.name, sellerId: seller.id, now };
    return { status: 202, body: acceptedBody(await startOperation(tx, command, [message]), [], locale) };
  },
);
