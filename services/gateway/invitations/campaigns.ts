import { routes } from '@ge/api';
import { runCampaign } from '@ge/contracts';
import { CampaignEntity, campaignCounts, newId, outgoing, startOperation } from '@ge/database';
import type { CampaignId } from '@ge/domain';
import { acceptedBody } from '../http/accepted.ts';
import { handle } from '../http/handler.ts';
import { found } from '../http/refused.ts';

export const startCampaign = handle(routes.invitations.startCampaign, async ({ tx, now, locale }) => {
  const campaignId = newId<CampaignId>('cmp');
  await tx.insert(CampaignEntity, [{ id: campaignId, state: 'running', createdAt: now }]);
  const message = outgoing(runCampaign, { payload: { campaignId }, sellerId: null });
  const operationId = await startOperation(tx, { kind: runCampaign.name, sellerId: null, now }, [message]);
  return { status: 202, body: { ...acceptedBody(operationId, [], locale), campaignId } };
});

export const getCampaign = handle(routes.invitations.getCampaign, async ({ tx, params }) => {
  const campaign = found((await tx.find(CampaignEntity, [params.campaignId]))[0]);
  return { status: 200, body: { ...campaign, invitations: await campaignCounts(tx, campaign.id) } };
});
