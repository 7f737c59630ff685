import { routes } from '@ge/api';
import {
  countBlocked,
  EnrollmentEntity,
  findTemplate,
  lockEnrollments,
  newestRegionSettings,
  readSuspensions,
  removeTemplate,
  skuCountsOf,
  type Transaction,
  templateNamesOf,
  templatesPage,
} from '@ge/database';
import { deleteTemplate as decideDeletion, destinationsOf, recountEnrollment, type SellerId } from '@ge/domain';
import { handle } from '../http/handler.ts';
import { pageOf } from '../http/pages.ts';
import { decided, found } from '../http/refused.ts';
import { readSeller } from '../sellers/lockSeller.ts';
import { lockTemplate } from './lockTemplate.ts';
import { templateShown } from './templateShown.ts';

export const listTemplates = handle(routes.templates.listTemplates, async ({ tx, params, query, locale }) => {
  const seller = await readSeller(tx, params.sellerId);
  const { cursor = null, limit, geState = null, name = null } = query;
  const rows = await templatesPage(tx, { sellerId: seller.id, geState, name, after: cursor, limit: limit + 1 });
  const shown = pageOf(
    rows,
    limit,
    ({ id }) => id,
    (row) => templateShown(row, seller, locale),
  );
  return { status: 200, body: shown };
});

export const getTemplate = handle(routes.templates.getTemplate, async ({ tx, params, now, locale }) => {
  const seller = await readSeller(tx, params.sellerId);
  const template = found(await findTemplate(tx, seller.id, params.templateId));
  const { aliases } = await templateNamesOf(tx, seller.id);
  const settings = await newestRegionSettings(tx, [seller.id]);
  const { active: suspensions } = await readSuspensions(tx);
  return {
    status: 200,
    body: {
      ...templateShown(template, seller, locale),
      aliases: aliases.filter(({ templateId }) => templateId === template.id).map(({ name }) => name),
      destinations: destinationsOf(template, now, { setting: settings[0] ?? null, suspensions }),
      skus: await skuCountsOf(tx, template.id),
    },
  };
});

export const deleteTemplate = handle(routes.templates.deleteTemplate, async ({ tx, params }) => {
  // Waits for assignments under way, which hold their templates with a key share, so that the count is true.
  const { template } = await lockTemplate(tx, params, 'for update');
  const { assigned } = await skuCountsOf(tx, template.id);
  decided(decideDeletion(template, assigned));
  await removeTemplate(tx, template.id);
  if (template.geState === 'blocked') await recountBlocked(tx, template.sellerId);
  return { status: 204, body: undefined };
});

/** With a blocked template gone, nothing may be left that the enrollment of the locked seller waits for (R3). */
async function recountBlocked(tx: Transaction, sellerId: SellerId): Promise<void> {
  const [enrollment] = await lockEnrollments(tx, [sellerId]);
  if (!enrollment) return;
  const [blocked = 0] = await countBlocked(tx, [{ sellerId, scope: enrollment.templateScope, upTo: null }]);
  const recounted = recountEnrollment(enrollment, blocked);
  if (recounted !== enrollment) await tx.update(EnrollmentEntity, [{ ...enrollment, ...recounted }], ['state']);
}
