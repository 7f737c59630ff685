import type { CampaignId, InvitationId } from '@ge/domain';
import { z } from 'zod';
import { defineRoute } from '../route/route.ts';
import { accepted } from '../schema/accepted.ts';
import { id, instant, ofSeller, page, pageQuery, sellerId } from '../schema/wire.ts';

const campaignId = id<CampaignId>();
const invitationId = id<InvitationId>();
const ofInvitation = z.strictObject({ invitationId });

export const campaign = z
  .object({
    id: campaignId,
    state: z.enum(['running', 'done']),
    createdAt: instant,
    invitations: z.object({ open: z.int(), accepted: z.int(), expired: z.int(), revoked: z.int(), mailed: z.int() }),
  })
  .meta({ id: 'Campaign' });

/** An invitation without its link: the token is in the mail alone. */
export const invitation = z
  .object({
    id: invitationId,
    sellerId,
    campaignId: campaignId.nullable(),
    state: z.enum(['open', 'accepted', 'expired', 'revoked']),
    revision: z.int(),
    createdAt: instant,
    expiresAt: instant,
    sentAt: instant.nullable(),
    remindedAt: instant.nullable(),
    endedAt: instant.nullable(),
  })
  .meta({ id: 'Invitation' });

const acceptedInvitation = accepted.extend({ invitation });

export const startCampaign = defineRoute({
  id: 'invitations.startCampaign',
  method: 'POST',
  path: '/v1/campaigns',
  scopes: ['operator'],
  rule: 'R1',
  summary: 'Invites every eligible seller who neither takes part nor has an open invitation',
  appendsTo: ['enrollment-invitations'],
  responses: { 202: accepted.extend({ campaignId }) },
  problems: [],
});

export const getCampaign = defineRoute({
  id: 'invitations.getCampaign',
  method: 'GET',
  path: '/v1/campaigns/{campaignId}',
  scopes: ['operator'],
  rule: 'R1',
  summary: 'A campaign and what has come of its invitations',
  params: z.strictObject({ campaignId }),
  responses: { 200: campaign },
  problems: [],
});

export const listInvitations = defineRoute({
  id: 'invitations.list',
  method: 'GET',
  path: '/v1/invitations',
  scopes: ['operator'],
  rule: 'R1',
  summary: 'Invitations in the order of their opening',
  query: pageQuery.extend({
    state: z.enum(['open', 'accepted', 'expired', 'revoked']).optional(),
    sellerId: sellerId.optional(),
    campaignId: campaignId.optional(),
  }),
  responses: { 200: page(invitation) },
  problems: [],
});

export const invite = defineRoute({
  id: 'invitations.invite',
  method: 'POST',
  path: '/v1/sellers/{sellerId}/invitations',
  scopes: ['operator'],
  rule: 'R1',
  summary: 'Invites one seller; done when the mail server has accepted the mail',
  params: ofSeller,
  appendsTo: ['enrollment-invitations'],
  responses: { 202: acceptedInvitation },
  problems: ['seller.not_in_united_states', 'invitation.already_enrolled', 'invitation.already_open'],
});

export const revoke = defineRoute({
  id: 'invitations.revoke',
  method: 'POST',
  path: '/v1/invitations/{invitationId}/revoke',
  scopes: ['operator'],
  rule: 'R1',
  summary: 'Takes an open invitation back; its link stops working at once',
  params: ofInvitation,
  responses: { 200: invitation },
  problems: ['invitation.not_open'],
});

export const reissue = defineRoute({
  id: 'invitations.reissue',
  method: 'POST',
  path: '/v1/invitations/{invitationId}/reissue',
  scopes: ['operator'],
  rule: 'R1',
  summary: 'Gives an open or expired invitation a new link and 14 new days; older links stop working at once',
  params: ofInvitation,
  appendsTo: ['enrollment-invitations'],
  responses: { 202: acceptedInvitation },
  problems: [
    'invitation.not_open',
    'invitation.already_enrolled',
    'invitation.already_open',
    'seller.not_in_united_states',
  ],
});
