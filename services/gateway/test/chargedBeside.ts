import { ChargeReclaimEntity } from '@ge/database';
import { type ChargeReclaim, type LabelId, type OrderId, openReclaim, type SellerId } from '@ge/domain';
import type { tradeDesk } from './tradeDesk.ts';
import { usd } from './tradeFixture.ts';

/** How one ends that the carrier never answered. */
export const refusedReclaim = {
  state: 'refused',
  reason: 'carrier_silent',
  unanswered: 50,
  endedAt: new Date(),
} as const;

/** What the express carrier charged beside a label, and what became of asking for it back. */
export async function chargedBeside(
  { gateway, shop, orderId }: ReturnType<typeof tradeDesk>,
  id: LabelId,
  shipmentRef: string,
  change: Partial<ChargeReclaim>,
): Promise<void> {
  const sellerId = shop.sellerId as SellerId;
  const label = { id, carrierId: 'simulator-express', orderId: orderId as OrderId, sellerId };
  const row = { ...openReclaim(label, shipmentRef, usd(10_00), new Date()), ...change };
  await gateway.database.transaction((tx) => tx.insert(ChargeReclaimEntity, [row]));
}
