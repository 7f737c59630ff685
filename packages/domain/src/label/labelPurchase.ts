import type { DocumentId, LabelBatchId, LabelId, OrderId, SellerId } from '../identity/ids.ts';
import type { Money } from '../money/money.ts';
import type { Parcel } from './parcel.ts';
import type { PriceTolerance } from './priceTolerance.ts';

export type LabelState =
  | 'requested'
  | 'claimed'
  | 'sent'
  | 'purchased'
  | 'refused'
  | 'unknown'
  | 'parked'
  | 'voiding'
  | 'voided'
  | 'void_refused';

export type LabelFormat = 'PDF' | 'PNG' | 'ZPL203' | 'ZPL300';

/**
 * One intent to buy a label for one parcel of an order. At most one charge comes of it:
 * every write after the claim carries the fence, and a lost answer is looked up, never repeated blindly.
 */
export interface LabelPurchase {
  readonly id: LabelId;
  readonly orderId: OrderId;
  readonly sellerId: SellerId;
  readonly parcelNo: number;
  /** What was announced to the carrier: weight, size and contents; no personal data. */
  readonly parcel: Parcel;
  readonly state: LabelState;
  /** Grows with every claim; a write with an older fence finds no row. */
  readonly fence: number;
  /** Until when the holder of the fence may act; afterwards anyone may claim. null = nobody holds it. */
  readonly leaseUntil: Date | null;
  readonly carrierId: string;
  readonly serviceId: string;
  readonly offerToken: string;
  /** The price the seller agreed to. */
  readonly quoted: Money;
  /** When the offer ends, by the programme's clock; null where that is not known (labels of an earlier release). */
  readonly quotedUntil: Date | null;
  /** What the service cost when it was quoted again; null where it never was. */
  readonly requoted: Money | null;
  /** null: the same price or a lower one. */
  readonly priceTolerance: PriceTolerance | null;
  /** The batch it was asked for with. */
  readonly batchId: LabelBatchId | null;
  readonly format: LabelFormat;
  /** Whether the service carries the claims protection of R22. */
  readonly isProtected: boolean;
  /** Derived from the intent, the same for every repeat. */
  readonly idempotencyKey: string;
  /** Hash of the request body as first sent; a repeat must match it. */
  readonly requestHash: string | null;
  readonly sentAt: Date | null;
  readonly lookUps: number;
  readonly charge: Money | null;
  readonly shipmentRef: string | null;
  readonly trackingId: string | null;
  readonly documentId: DocumentId | null;
  /** A carrier's refusal code or an `OwnLabelReason`; `labelProblem` has it in words. */
  readonly reason: string | null;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
}

/** What says of a label which pieces of its order it carries, and what became of it. */
export type PackedLabel = Pick<LabelPurchase, 'id' | 'state' | 'parcelNo' | 'parcel' | 'offerToken' | 'createdAt'>;
