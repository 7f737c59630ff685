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
  sellersByEmail,
  startOperation,
  type Transaction,
} from '@ge/database';
import {
  type Decision,
  approveInquiry as decideApproval,
  denyInquiry as decideDenial,
  openInquiry as decideInquiry,
  type Inquiry,
  type InquiryId,
  type InvitationId,
  messageOfMail,
  type SellerId,
  senderOfInquiry,
} from '@ge/domain';
import { acceptedBody, findingsOf } from '../http/accepted.ts';
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

/** Opens a case for a seller, or says everything that stands against it. */
async function open(tx: Transaction, id: SellerId, message: string, now: Date): Promise<Decision<Inquiry>> {
  const seller = await lockSeller(tx, id);
  const facts = { ...(await invitationFacts(tx, seller, now)), openInquiry: await openInquiryOf(tx, seller.id) };
  const inquiry = decideInquiry({ id: newId<InquiryId>('inq'), sellerId: seller.id, message }, facts, now);
  if (inquiry.ok) await tx.insert(InquiryEntity, [inquiry.value]);
  return inquiry;
}

export const openInquiry = handle(routes.inquiries.openInquiry, async ({ tx, params, body, now }) => {
  const inquiry = decided(await open(tx, params.sellerId, body.message, now));
  return { status: 201, body: inquiry };
});

export const receiveMail = handle(routes.inquiries.receiveMail, async ({ tx, body, now, locale }) => {
  const sender = senderOfInquiry(await sellersByEmail(tx, body.from));
  const opened = sender.ok ? await open(tx, sender.value, messageOfMail(body.text), now) : sender;
  if (opened.ok) return { status: 200, body: { inquiry: opened.value, refusals: [] } };
  return { status: 200, body: { inquiry: null, refusals: findingsOf(opened.refusals, locale) } };
});

export const listInquiries = handle(routes.inquiries.listInquiries, async ({ tx, query }) => {
  const { cursor: after = null, limit, state = null, sellerId = null } = query;
  const rows = await inquiriesPage(tx, { after, limit: limit + 1, state, sellerId });
  return { status: 200, body: pageOf(rows, limit, ({ id }) => id) };
});

export const approveInquiry = handle(routes.inquiries.approveInquiry, async ({ tx, params, now, locale }) => {
  const { seller, inquiry } = await lockInquiry(tx, params.inquiryId);
  const facts = await invitationFacts(tx, seller, now);
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
