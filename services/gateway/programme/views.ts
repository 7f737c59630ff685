import {
  countEligibleSkus,
  EnrollmentEntity,
  type SellerRow,
  type TemplateRow,
  type Transaction,
  templatesOf,
} from '@ge/database';
import { inScope, judgeInvitationLink, previewEnrollment } from '@ge/domain';
import type {
  ClosedView,
  InvitedView,
  ProgrammePageModel,
  ProgressRow,
  ProgressView,
} from '../programme-page/pageModel.ts';
import { enablementContext } from '../sellers/enablementContext.ts';
import { claimFields, type LinkedInvitation } from './linkedInvitation.ts';

type View = ProgrammePageModel['view'];

/** Templates that one page lists; the totals are over all of them. */
const rowsShown = 200;

export const enrollPath = '/programme/enroll';
export const progressPath = '/programme/progress';

export const progressUrl = ({ claim }: LinkedInvitation): string =>
  `${progressPath}?${new URLSearchParams(claimFields(claim))}`;

const closedReason: Readonly<Record<string, ClosedView['reason']>> = {
  'invitation.already_accepted': 'already_used',
  'invitation.expired': 'expired',
  'invitation.revoked': 'revoked',
  // Its page points to the newer mail.
  'invitation.link_outdated': 'revoked',
};

/** Why a link does not open the page (any more), or null when it does. */
export function closedView(linked: LinkedInvitation, now: Date): ClosedView | null {
  const judged = judgeInvitationLink(linked.invitation, linked.claim.revision, now);
  if (judged.ok) return null;
  const reason = closedReason[judged.refusals[0]!.code] ?? 'unknown';
  return { kind: 'closed', reason, ...(reason === 'already_used' && { progressUrl: progressUrl(linked) }) };
}

/** What Enroll would do to each template (R3, R4). Opening the page changes nothing. */
export async function invitedView(tx: Transaction, linked: LinkedInvitation, now: Date): Promise<View> {
  const { seller, invitation, claim } = linked;
  const context = await enablementContext(tx, seller, now);
  const templates = await templatesOf(tx, seller.id);
  const ids = templates.map(({ id }) => id);
  const skuCounts = await countEligibleSkus(tx, ids);
  const preview = previewEnrollment({ ...context, templates, scope: null, skuCounts });
  if (!preview.ok) return { kind: 'refused', refusals: preview.refusals };
  const { blocked, skusGained } = preview.value;
  const rows = preview.value.templates.slice(0, rowsShown).map(({ name, outcome, blockedBy, skuCount }) => ({
    name,
    verdict: outcome,
    refusals: blockedBy,
    skuCount,
  }));
  return {
    kind: 'invited',
    sellerName: seller.name,
    expiresAt: invitation.expiresAt,
    timeZone: seller.timeZone,
    totals: { templates: templates.length, blocked, exportableSkus: skusGained },
    rows,
    enroll: { action: enrollPath, fields: claimFields(claim) },
  } satisfies InvitedView;
}

function rowState({ geState }: TemplateRow, enrollment: ProgressView['state']): ProgressRow['state'] {
  if (geState === 'enabled' || geState === 'blocked') return geState;
  return enrollment === 'propagating' ? 'waiting' : 'off';
}

/** How far the propagation is; null when the seller has left since. */
export async function progressView(tx: Transaction, seller: SellerRow): Promise<ProgressView | null> {
  const [enrollment] = await tx.find(EnrollmentEntity, [seller.id]);
  if (!enrollment || enrollment.state === 'deactivated') return null;
  const templates = inScope(await templatesOf(tx, seller.id), enrollment.templateScope);
  const skus = await countEligibleSkus(
    tx,
    templates.map(({ id }) => id),
  );
  const enabled = templates.filter(({ geState }) => geState === 'enabled');
  const { state } = enrollment;
  return {
    kind: 'progress',
    sellerName: seller.name,
    state,
    totals: {
      templates: templates.length,
      enabled: enabled.length,
      blocked: templates.filter(({ geState }) => geState === 'blocked').length,
      off: templates.filter((template) => rowState(template, state) === 'off').length,
      exportableSkus: enabled.reduce((sum, { id }) => sum + (skus.get(id) ?? 0), 0),
    },
    rows: templates.slice(0, rowsShown).map((template) => ({
      name: template.name,
      state: rowState(template, state),
      refusals: template.blockedBy,
      skuCount: skus.get(template.id) ?? 0,
    })),
  };
}
