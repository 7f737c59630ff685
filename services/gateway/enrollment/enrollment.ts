import { routes } from '@ge/api';
import {
  countEligibleSkus,
  EnrollmentEntity,
  lockOpenInvitations,
  templateStateCounts,
  templatesOf,
} from '@ge/database';
import { previewEnrollment as decidePreview } from '@ge/domain';
import { acceptedBody, findingsOf } from '../http/accepted.ts';
import { handle } from '../http/handler.ts';
import { decided } from '../http/refused.ts';
import { enablementContext } from '../sellers/enablementContext.ts';
import { lockSeller, readSeller } from '../sellers/lockSeller.ts';
import { pressEnroll } from './pressEnroll.ts';

export const previewEnrollment = handle(
  routes.enrollment.previewEnrollment,
  async ({ tx, params, body, now, locale }) => {
    const seller = await readSeller(tx, params.sellerId);
    const context = await enablementContext(tx, seller, now);
    const templates = await templatesOf(tx, seller.id, body.templates);
    const ids = templates.map(({ id }) => id);
    const skuCounts = await countEligibleSkus(tx, ids);
    const preview = decided(decidePreview({ ...context, templates, scope: body.templates, skuCounts }));
    const inWords = preview.templates.map((seen) => ({ ...seen, blockedBy: findingsOf(seen.blockedBy, locale) }));
    return { status: 200, body: { ...preview, templates: inWords } };
  },
);

export const enroll = handle(routes.enrollment.enroll, async ({ tx, params, body, now, locale }) => {
  const seller = await lockSeller(tx, params.sellerId);
  const [current] = await lockOpenInvitations(tx, [seller.id]);
  const invitation = current ? { current, linkRevision: current.revision } : null;
  const operationId = decided(await pressEnroll(tx, { seller, invitation, scope: body.templates, now }));
  return { status: 202, body: acceptedBody(operationId, [], locale) };
});

export const getEnrollment = handle(routes.enrollment.getEnrollment, async ({ tx, params }) => {
  const seller = await readSeller(tx, params.sellerId);
  const [enrollment = null] = await tx.find(EnrollmentEntity, [seller.id]);
  return { status: 200, body: { enrollment, templates: await templateStateCounts(tx, seller.id) } };
});
