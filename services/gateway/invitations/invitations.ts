import { routes } from '@ge/api';
import { findInvitation, InvitationEntity, invitationsPage, newId, type Transaction } from '@ge/database';
import { type InvitationId, openInvitation, reissueInvitation, revokeInvitation } from '@ge/domain';
import { acceptedBody } from '../http/accepted.ts';
import { handle } from '../http/handler.ts';
import { pageOf } from '../http/pages.ts';
import { decided, found } from '../http/refused.ts';
import { lockSeller } from '../sellers/lockSeller.ts';
import { invitationFacts } from './invitationFacts.ts';
import { oweInvitationMail } from './oweInvitationMail.ts';

async function lockInvitation(tx: Transaction, id: InvitationId) {
  const { sellerId } = found(await findInvitation(tx, id));
  const seller = await lockSeller(tx, sellerId);
  const invitation = found((await tx.lock(InvitationEntity, [id]))[0]);
  return { seller, invitation };
}

export const listInvitations = handle(routes.invitations.listInvitations, async ({ tx, query }) => {
  const { cursor: after = null, limit, state = null, sellerId = null, campaignId = null } = query;
  const rows = await invitationsPage(tx, { after, limit: limit + 1, state, sellerId, campaignId });
  return { status: 200, body: pageOf(rows, limit, ({ id }) => id) };
});

export const invite = handle(routes.invitations.invite, async ({ tx, params, now, locale }) => {
  const seller = await lockSeller(tx, params.sellerId);
  const command = { id: newId<InvitationId>('inv'), campaignId: null };
  const invitation = decided(openInvitation(command, await invitationFacts(tx, seller, now), now));
  await tx.insert(InvitationEntity, [invitation]);
  const operationId = await oweInvitationMail(tx, invitation, 'invite-seller', now);
  return { status: 202, body: { ...acceptedBody(operationId, [], locale), invitation } };
});

export const revoke = handle(routes.invitations.revoke, async ({ tx, params, now }) => {
  const { invitation } = await lockInvitation(tx, params.invitationId);
  const revoked = decided(revokeInvitation(invitation, now));
  await tx.update(InvitationEntity, [revoked]);
  return { status: 200, body: revoked };
});

export const reissue = handle(routes.invitations.reissue, async ({ tx, params, now, locale }) => {
  const { seller, invitation } = await lockInvitation(tx, params.invitationId);
  const reissued = decided(reissueInvitation(invitation, await invitationFacts(tx, seller, now), now));
  await tx.update(InvitationEntity, [reissued]);
  const operationId = await oweInvitationMail(tx, reissued, 'reissue-invitation', now);
  return { status: 202, body: { ...acceptedBody(operationId, [], locale), invitation: reissued } };
});
