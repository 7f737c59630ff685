import type { Address } from '../address/address.ts';
import type { CountryCode, OrderId, SellerId, SkuCode, TemplateId } from '../identity/ids.ts';
import type { Money } from '../money/money.ts';
import type { Refusal } from '../refusal/refusal.ts';

/** `held`: its destination was suspended after it was placed. `confirmed`: shipped with a label bought here (GE) or confirmed by the seller (domestic). */
export type OrderState = 'pending' | 'held' | 'confirmed' | 'cancelled';
export type PayoutState = 'pending' | 'released' | 'withheld';

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
  readonly shipBy: Date;
  readonly importFeeDeposit: Money | null;
  readonly payout: PayoutState;
  readonly payoutReason: string | null;
  readonly regionSettingVersion: number;
  readonly suspensionVersion: number;
  readonly createdAt: Date;
  readonly confirmedAt: Date | null;
}
