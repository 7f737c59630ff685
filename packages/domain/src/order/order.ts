import type { Address } from '../address/address.ts';
import type { CountryCode, OrderId, SellerId, SkuCode, TemplateId } from '../identity/ids.ts';
import type { Money } from '../money/money.ts';
import type { Refusal } from '../refusal/refusal.ts';
import type { Sku } from '../sku/sku.ts';

/** `held`: its destination was suspended after it was placed. `confirmed`: shipped with a label bought here (GE) or confirmed by the seller (domestic). */
export type OrderState = 'pending' | 'held' | 'confirmed' | 'cancelled';
export type PayoutState = 'pending' | 'released' | 'withheld';
/** Why a payout is withheld (R17). */
export type PayoutReason = 'outside_label' | 'ship_by_passed' | 'label_voided' | 'order_cancelled';

/** Whose wish a cancellation was. */
export type CancelledBy = 'buyer' | 'seller' | 'operator';
/** Who gave the buyer the money back (R22). */
export type RefundedBy = 'platform' | 'seller';

export interface OrderLine {
  readonly lineId: string;
  readonly sku: SkuCode;
  readonly quantity: number;
  readonly unitPrice: Money;
  /** Decided at the moment the order is created; a refused line keeps its reasons. */
  readonly accepted: boolean;
  readonly refusals: readonly Refusal[];
  /** What the line was decided on; null on lines of domestic orders. */
  readonly templateId: TemplateId | null;
  readonly templateVersion: number | null;
  /** Version of the seller's region setting that held for that template (R11), its fan-out ended or not; null on lines of domestic orders. */
  readonly settingVersion: number | null;
  /** What was known of the product then: customs are told so when it is off sale by the time it ships. Accepted lines of GE orders have it. */
  readonly goods?: Pick<Sku, 'title' | 'exportData'> | undefined;
  /** How many of `quantity` the seller has confirmed as shipped; domestic orders may be confirmed in parts. */
  readonly confirmedQuantity: number;
}

export interface Order {
  readonly id: OrderId;
  readonly sellerId: SellerId;
  /** GE order = from a buyer abroad, carried by the programme. */
  readonly isGlobalExpress: boolean;
  readonly destination: CountryCode;
  /** Personal data; null after the retention time. */
  readonly shipTo: Address | null;
  readonly lines: readonly OrderLine[];
  readonly state: OrderState;
  /** Business days the seller has to ship, counted anew when a hold ends (R13). */
  readonly handlingDays: number;
  /** The last moment of the ship-by date in the seller's time zone. */
  readonly shipBy: Date;
  readonly importFeeDeposit: Money | null;
  readonly payout: PayoutState;
  readonly payoutReason: PayoutReason | null;
  readonly regionSettingVersion: number;
  readonly suspensionVersion: number;
  readonly createdAt: Date;
  readonly confirmedAt: Date | null;
  readonly cancelledBy: CancelledBy | null;
  /** Whether the cancellation counts against the seller (R13); null unless cancelled. */
  readonly countsAgainstSeller: boolean | null;
  readonly refundedBy: RefundedBy | null;
  readonly refundedAt: Date | null;
}

/** What is looked at of an order once labels, confirmations and payouts are about it. */
export type ShippedOrder = Pick<
  Order,
  'isGlobalExpress' | 'lines' | 'state' | 'shipBy' | 'confirmedAt' | 'payout' | 'payoutReason'
>;
