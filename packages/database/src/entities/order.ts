import type {
  Address,
  CancelledBy,
  CountryCode,
  Money,
  OrderId,
  OrderLine,
  OrderState,
  PayoutReason,
  PayoutState,
  RefundedBy,
  SellerId,
} from '@ge/domain';
import { defineEntity, p } from '@mikro-orm/core';
import { instant, json, key, word } from './columns.ts';

export const OrderEntity = defineEntity({
  name: 'Order',
  tableName: 'orders',
  properties: {
    id: key<OrderId>().primary(),
    sellerId: key<SellerId>(),
    isGlobalExpress: p.boolean(),
    destination: word<CountryCode>(),
    shipTo: json<Address>().strictNullable(),
    lines: json<readonly OrderLine[]>(),
    state: word<OrderState>(),
    handlingDays: p.integer(),
    shipBy: instant(),
    importFeeDeposit: json<Money>().strictNullable(),
    payout: word<PayoutState>(),
    payoutReason: word<PayoutReason>().strictNullable(),
    regionSettingVersion: p.integer().default(0),
    suspensionVersion: p.integer().default(0),
    createdAt: instant(),
    confirmedAt: instant().strictNullable(),
    cancelledBy: word<CancelledBy>().strictNullable(),
    countsAgainstSeller: p.boolean().strictNullable(),
    refundedBy: word<RefundedBy>().strictNullable(),
    refundedAt: instant().strictNullable(),
  },
  indexes: [
    { name: 'orders_seller', properties: ['sellerId', 'id'] },
    {
      name: 'orders_duties',
      expression: `create index "orders_duties" on "orders" ("seller_id", "ship_by", "id") where is_global_express and state in ('pending', 'held')`,
    },
    // For a destination of many countries: in id order, without a sort of all that is open to them.
    {
      name: 'orders_open',
      expression: `create index "orders_open" on "orders" ("id") where is_global_express and state in ('pending', 'held')`,
    },
    {
      name: 'orders_with_old_address',
      expression: `create index "orders_with_old_address" on "orders" ("created_at", "id") where ship_to is not null and state in ('confirmed', 'cancelled')`,
    },
    {
      name: 'orders_open_by_destination',
      expression: `create index "orders_open_by_destination" on "orders" ("destination", "id") where state in ('pending', 'held')`,
    },
  ],
});
