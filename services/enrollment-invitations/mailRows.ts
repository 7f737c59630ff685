import {
  blockedTemplates,
  InquiryEntity,
  InvitationEntity,
  type MailRow,
  pendingOrdersOf,
  SellerEntity,
  type Transaction,
} from '@ge/database';
import type { InquiryId, Invitation, MailId, Seller } from '@ge/domain';
import { BLOCKED_IN_MAIL, type BlockedTemplate, type PendingOrder } from '@ge/mailer';

/** What one mail is written from: rows as they are when it is sent. */
export interface MailRows {
  readonly seller: Seller;
  readonly invitation: Invitation | null;
  readonly blocked: readonly BlockedTemplate[];
  readonly pendingOrders: readonly PendingOrder[];
  readonly inquiryReason: string | null;
}

const inquiryOf = (mail: MailRow) => String(mail.params.inquiryId ?? '') as InquiryId;

/** Reads what these mails are written from, in one query per table however many they are. */
export async function readMailRows(tx: Transaction, mails: readonly MailRow[]): Promise<ReadonlyMap<MailId, MailRows>> {
  const of = (kind: MailRow['kind']) => mails.filter((mail) => mail.kind === kind);
  const sellerIds = (some: readonly MailRow[]) => [...new Set(some.map((mail) => mail.sellerId))];

  const sellers = new Map((await tx.find(SellerEntity, sellerIds(mails))).map((row) => [row.id, row]));
  const invitationIds = [...new Set(mails.flatMap((mail) => mail.invitationId ?? []))];
  const invitations = new Map((await tx.find(InvitationEntity, invitationIds)).map((row) => [row.id, row]));
  const inquiries = new Map(
    (await tx.find(InquiryEntity, of('inquiry-denied').map(inquiryOf))).map((row) => [row.id, row]),
  );
  const blocked = Map.groupBy(
    await blockedTemplates(tx, sellerIds(of('enrollment-blocked')), BLOCKED_IN_MAIL),
    (row) => row.sellerId,
  );
  const orders = Map.groupBy(await pendingOrdersOf(tx, sellerIds(of('deactivation-finished'))), (row) => row.sellerId);

  return new Map(
    mails.flatMap((mail) => {
      const seller = sellers.get(mail.sellerId);
      if (!seller) return [];
      const rows: MailRows = {
        seller,
        invitation: mail.invitationId ? (invitations.get(mail.invitationId) ?? null) : null,
        blocked: blocked.get(mail.sellerId) ?? [],
        pendingOrders: orders.get(mail.sellerId) ?? [],
        inquiryReason: inquiries.get(inquiryOf(mail))?.reason ?? null,
      };
      return [[mail.id, rows] as const];
    }),
  );
}
