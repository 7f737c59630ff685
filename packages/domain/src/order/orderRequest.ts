import type { Address } from '../address/address.ts';
import type { CountryCode, OrderId, SkuCode, TemplateId } from '../identity/ids.ts';
import { isMoney, type Money } from '../money/money.ts';
import type { Refusal } from '../refusal/refusal.ts';
import { writtenParam } from '../refusal/writtenParam.ts';
import type { SuspensionList } from '../region/applySuspensions.ts';
import type { RegionSetting } from '../region/regionSetting.ts';
import type { Seller } from '../seller/seller.ts';
import type { Sku } from '../sku/sku.ts';
import type { ShippingTemplate } from '../template/shippingTemplate.ts';
import { orderRefusals } from './orderRefusals.ts';

export interface OrderLineRequest {
  readonly lineId: string;
  readonly sku: SkuCode;
  readonly quantity: number;
  readonly unitPrice: Money;
}

/** What checkout asks before an order exists: the buyer's address is not known yet. */
export interface CheckoutRequest {
  readonly isGlobalExpress: boolean;
  readonly destination: CountryCode;
  readonly lines: readonly OrderLineRequest[];
  /** Business days the seller has for handing the parcel over. */
  readonly handlingDays: number;
}

/** An order as the producer sends it. */
export interface OrderRequest extends CheckoutRequest {
  readonly id: OrderId;
  readonly shipTo: Address;
  readonly importFeeDeposit: Money | null;
}

/** What an order is decided on: one seller's goods and templates, and the world at this moment. */
export interface OrderContext {
  readonly seller: Seller;
  readonly skus: ReadonlyMap<SkuCode, Sku>;
  readonly templates: ReadonlyMap<TemplateId, ShippingTemplate>;
  /** The seller's newest region setting; null = never saved. */
  readonly setting: RegionSetting | null;
  /** Read from the suspensions themselves (R13). */
  readonly suspensions: SuspensionList;
  readonly now: Date;
}

export const MAX_ORDER_LINES = 200;
export const MAX_LINE_QUANTITY = 100_000;
export const MAX_HANDLING_DAYS = 30;

const wholeBetween = (value: number, min: number, max: number): boolean =>
  Number.isSafeInteger(value) && value >= min && value <= max;

const isAmount = (amount: Money): boolean => isMoney(amount) && amount.minor >= 0;

/** What is malformed about a request, whatever its lines may be sold for. */
export function requestRefusals(request: CheckoutRequest & Partial<OrderRequest>): readonly Refusal[] {
  const { lines, handlingDays, importFeeDeposit } = request;
  const refusals: Refusal[] = [];
  const no = (...args: Parameters<typeof orderRefusals.refusal>) => {
    refusals.push(orderRefusals.refusal(...args));
  };
  if (lines.length === 0) no('order.empty', '/lines');
  if (lines.length > MAX_ORDER_LINES) {
    no('order.too_many_lines', '/lines', { count: lines.length, limit: MAX_ORDER_LINES });
  }
  const seen = new Set<string>();
  for (const [i, { lineId, quantity, unitPrice }] of lines.slice(0, MAX_ORDER_LINES).entries()) {
    if (seen.has(lineId)) no('order.line_repeated', `/lines/${i}/lineId`, { lineId: writtenParam(lineId, 40) });
    seen.add(lineId);
    if (!wholeBetween(quantity, 1, MAX_LINE_QUANTITY)) {
      no('order.quantity_invalid', `/lines/${i}/quantity`, { max: MAX_LINE_QUANTITY });
    }
    if (!isAmount(unitPrice)) no('order.amount_invalid', `/lines/${i}/unitPrice`);
  }
  if (!wholeBetween(handlingDays, 0, MAX_HANDLING_DAYS)) {
    no('order.handling_days_invalid', '/handlingDays', { max: MAX_HANDLING_DAYS });
  }
  if (importFeeDeposit && !request.isGlobalExpress) no('order.deposit_domestic', '/importFeeDeposit');
  if (importFeeDeposit && !isAmount(importFeeDeposit)) no('order.amount_invalid', '/importFeeDeposit');
  return refusals;
}
