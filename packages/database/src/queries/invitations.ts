import type { CampaignId, InquiryState, InvitationState, SellerId } from '@ge/domain';
import { InquiryEntity, InvitationEntity } from '../entities/index.ts';
import type { RowOf } from '../rows/table.ts';
import type { Transaction } from '../transaction.ts';

export type InvitationRow = RowOf<typeof InvitationEntity>;
export type InquiryRow = RowOf<typeof InquiryEntity>;

/** An invitation without a lock: to find out whose it is before the seller is locked. */
export async function findInvitation(tx: Transaction, id: string): Promise<InvitationRow | null> {
  const rows = await tx.select(InvitationEntity, 'where t.id = $1', [id]);
  return rows[0] ?? null;
}

/** An inquiry without a lock: to find out whose it is before the seller is locked. */
export async function findInquiry(tx: Transaction, id: string): Promise<InquiryRow | null> {
  const rows = await tx.select(InquiryEntity, 'where t.id = $1', [id]);
  return rows[0] ?? null;
}

/** The seller's case in state `open`. Lock the seller first. */
export async function openInquiryOf(tx: Transaction, sellerId: SellerId): Promise<InquiryRow | null> {
  const rows = await tx.select(InquiryEntity, `where t.seller_id = $1 and t.state = 'open'`, [sellerId]);
  return rows[0] ?? null;
}

interface Paged {
  readonly sellerId: SellerId | null;
  readonly after: string | null;
  readonly limit: number;
}

export const invitationsPage = (
  tx: Transaction,
  wanted: Paged & { readonly state: InvitationState | null; readonly campaignId: CampaignId | null },
): Promise<InvitationRow[]> =>
  tx.select(
    InvitationEntity,
    `where t.id > $1 and ($2::text is null or t.state = $2) and ($3::text is null or t.seller_id = $3)
       and ($4::text is null or t.campaign_id = $4) order by t.id limit $5`,
    [wanted.after ?? '', wanted.state, wanted.sellerId, wanted.campaignId, wanted.limit],
  );

export const inquiriesPage = (
  tx: Transaction,
  wanted: Paged & { readonly state: InquiryState | null },
): Promise<InquiryRow[]> =>
  tx.select(
    InquiryEntity,
    `where t.id > $1 and ($2::text is null or t.state = $2) and ($3::text is null or t.seller_id = $3)
     order by t.id limit $4`,
    [wanted.after ?? '', wanted.state, wanted.sellerId, wanted.limit],
  );

/** What has come of a campaign's invitations. */
export async function campaignCounts(
  tx: Transaction,
  campaignId: CampaignId,
): Promise<Record<InvitationState | 'mailed', number>> {
  const rows = await tx.query<Record<InvitationState | 'mailed', number>>(
    `select count(*) filter (where state = 'open')::int as open, count(*) filter (where state = 'accepted')::int as accepted,
            count(*) filter (where state = 'expired')::int as expired, count(*) filter (where state = 'revoked')::int as revoked,
            count(sent_at)::int as mailed
       from invitations where campaign_id = $1`,
    [campaignId],
  );
  return rows[0]!;
}
