import { InvitationEntity, type Transaction } from '@ge/database';
import type { Locale } from '@ge/domain';
import type { EnrollmentSecrets } from '@ge/mailer/enrollment-token';
import { pressEnroll } from '../enrollment/pressEnroll.ts';
import { found } from '../http/refused.ts';
import type { ProgrammePageModel } from '../programme-page/pageModel.ts';
import { lockSeller } from '../sellers/lockSeller.ts';
import { linkedInvitation } from './linkedInvitation.ts';
import { closedView, invitedView, progressUrl, progressView } from './views.ts';

export interface PageRequest {
  readonly tx: Transaction;
  /** Query or form fields. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly secrets: EnrollmentSecrets;
  readonly now: Date;
}

/** A page to show, or where to go on. The seller's own language is the last resort. */
export type PageAnswer =
  | { readonly kind: 'view'; readonly view: ProgrammePageModel['view']; readonly sellerLocale: Locale }
  | { readonly kind: 'redirect'; readonly to: string };

const show = (view: ProgrammePageModel['view'], sellerLocale: Locale = 'en-US'): PageAnswer => ({
  kind: 'view',
  view,
  sellerLocale,
});
const unknownLink = show({ kind: 'closed', reason: 'unknown' });

/** Opening the page of the mail: consumes nothing, so previews of mail programs do no harm (R1). */
export async function openPage({ tx, fields, secrets, now }: PageRequest): Promise<PageAnswer> {
  const linked = await linkedInvitation(tx, fields, secrets);
  if (!linked) return unknownLink;
  return show(closedView(linked, now) ?? (await invitedView(tx, linked, now)), linked.seller.locale);
}

/** Pressing Enroll: consumes the invitation once, whoever presses twice (R1, R3). */
export async function pressPage({ tx, fields, secrets, now }: PageRequest): Promise<PageAnswer> {
  const claimed = await linkedInvitation(tx, fields, secrets);
  if (!claimed) return unknownLink;
  const seller = await lockSeller(tx, claimed.seller.id);
  const current = found((await tx.lock(InvitationEntity, [claimed.invitation.id]))[0]);
  const linked = { ...claimed, seller, invitation: current };
  const closed = closedView(linked, now);
  if (closed) return show(closed, seller.locale);
  const invitation = { current, linkRevision: linked.claim.revision };
  const pressed = await pressEnroll(tx, { seller, invitation, scope: null, now });
  if (!pressed.ok) return show({ kind: 'refused', refusals: pressed.refusals }, seller.locale);
  return { kind: 'redirect', to: progressUrl(linked) };
}

const progressDays = 30;
const dayMs = 86_400_000;

/** What came of Enroll. A link that was replaced, or that of an old mail, shows nothing of the seller's later affairs. */
export async function openProgress({ tx, fields, secrets, now }: PageRequest): Promise<PageAnswer> {
  const linked = await linkedInvitation(tx, fields, secrets);
  if (!linked) return unknownLink;
  const { claim, invitation, seller } = linked;
  if (invitation.state !== 'accepted' || claim.revision !== invitation.revision)
    return openPage({ tx, fields, secrets, now });
  const pressedAt = invitation.endedAt ?? invitation.createdAt;
  const recent = now.getTime() < pressedAt.getTime() + progressDays * dayMs;
  const view = recent ? await progressView(tx, seller) : null;
  return show(view ?? { kind: 'closed', reason: 'already_used' }, seller.locale);
}
