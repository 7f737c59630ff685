import { routes } from '@ge/api';
import {
  findInquiry,
  InquiryEntity,
  InvitationEntity,
  inquiriesPage,
  MailEntity,
  newId,
  openInquiryOf,
  requestMail,
  startOperation,
  type Transaction,
} from '@ge/database';
import {
  approveInquiry as decideApproval,
  denyInquiry as decideDenial,
  openInquiry as decideInquiry,
  type InquiryId,
  type InvitationId,
} from '@ge/domain';
import { acceptedBody } from '../http/accepted.ts';
import { handle } from '../http/handler.ts';
import { pageOf } from '../http/pages.ts';
import { decided, found } from '../http/refused.ts';
import { invitationFacts } from '../invitations/invitationFacts.ts';
import { oweInvitationMail } from '../invitations/oweInvitationMail.ts';
import { lockSeller } from '../sellers/lockSeller.ts';

async function lockInquiry(tx: Transaction, id: InquiryId) {
  const { sellerId } = found(await findInquiry(tx, id));
  const seller = await lockSeller(tx, sellerId);
  const inquiry = found((await tx.lock(InquiryEntity, [id]))[0]);
  return { seller, inquiry };
}

export const openInquiry = handle(routes.inquiries.openInquiry, async ({ tx, params, body, now }) => {
  const seller = await lockSeller(tx, params.sellerId);
  const facts = { ...(await invitationFacts(tx, seller)), openInquiry: await openInquiryOf(tx, seller.id) };
  const command = { id: newId<InquiryId>('inq'), sellerId: seller.id, message: body.message };
  const inquiry = decided(decideInquiry(command, facts, now));
  await tx.insert(InquiryEntity, [inquiry]);
  return { status: 201, body: inquiry };
});

export const listInquiries = handle(routes.inquiries.listInquiries, async ({ tx, query }) => {
  const { cursor: after = null, limit, state = null, sellerId = null } = query;
  const rows = await inquiriesPage(tx, { after, limit: limit + 1, state, sellerId });
  return { status: 200, body: pageOf(rows, limit, ({ id }) => id) };
});

export const approveInquiry = handle(routes.inquiries.approveInquiry, async ({ tx, params, now, locale }) => {
  const { seller, inquiry } = await lockInquiry(tx, params.inquiryId);
  const facts = await invitationFacts(tx, seller);
  const approved = decided(decideApproval(inquiry, newId<InvitationId>('inv'), facts, now));
  await tx.update(InquiryEntity, [approved.inquiry]);
  await tx.insert(InvitationEntity, [approved.invitation]);
  const operationId = await oweInvitationMail(tx, approved.invitation, 'approve-inquiry', now);
  return { status: 202, body: { ...acceptedBody(operationId, [], locale), inquiry: approved.inquiry } };
});

export const denyInquiry = handle(routes.inquiries.denyInquiry, async ({ tx, params, body, now, locale }) => {
  const { inquiry } = await lockInquiry(tx, params.inquiryId);
  const denied = decided(decideDenial(inquiry, body.reason, now));
  await tx.update(InquiryEntity, [denied]);
  const { sellerId } = denied;
  const { mail, message } = requestMail({ sellerId, kind: 'inquiry-denied', params: { inquiryId: denied.id } }, now);
  await tx.insert(MailEntity, [mail]);
  const operationId = await startOperation(tx, { kind: 'deny-inquiry', sellerId, now }, [message]);
  return { status: 202, body: { ...acceptedBody(operationId, [], locale), inquiry: denied } };
});
