import type { CampaignId, InquiryId, InvitationId, SellerId } from '../identity/ids.ts';

export type InvitationState = 'open' | 'accepted' | 'expired' | 'revoked';

/** One e-mailed enrollment link (R1). The link's token is an HMAC over id and revision; nothing secret is kept. */
export interface Invitation {
  readonly id: InvitationId;
  readonly sellerId: SellerId;
  readonly campaignId: CampaignId | null;
  readonly state: InvitationState;
  /** Grows when the link must change (reissue); a link with an older revision is refused. */
  readonly revision: number;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** When the mail server accepted the first mail and the reminder. */
  readonly sentAt: Date | null;
  readonly remindedAt: Date | null;
  readonly endedAt: Date | null;
}

export type InquiryState = 'open' | 'approved' | 'denied';

/** A seller who was not invited asks to join (R2); one open case per seller. */
export interface Inquiry {
  readonly id: InquiryId;
  readonly sellerId: SellerId;
  readonly state: InquiryState;
  readonly message: string;
  readonly reason: string | null;
  readonly createdAt: Date;
  readonly decidedAt: Date | null;
}

export type CampaignState = 'running' | 'done';

/** An invitation run over all eligible sellers, in pages. */
export interface Campaign {
  readonly id: CampaignId;
  readonly state: CampaignState;
  readonly createdAt: Date;
}
