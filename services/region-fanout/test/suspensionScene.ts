import { holdOrders } from '@ge/contracts';
import {
  type Database,
  LabelPurchaseEntity,
  OrderEntity,
  outgoing,
  SellerEntity,
  SuspensionEntity,
  startOperation,
} from '@ge/database';
import type { CountryCode, SellerId, SuspensionId } from '@ge/domain';
import { labelRow, orderRow, sellerRow } from '@ge/testkit';

export const seller = 'S-1' as SellerId;
/** Monday noon in New York. */
export const now = new Date('2026-03-02T17:00:00.000Z');
export const openToBrazil = Array.from({ length: 20 }, (_, no) => `O-${String(no).padStart(2, '0')}`);

const brazil = 'BR' as CountryCode;

/** Twenty pending GE orders to Brazil, and others that no suspension of Brazil may touch. */
export const putOrders = (database: Database): Promise<void> =>
  database.transaction(async (tx) => {
    await tx.insert(SellerEntity, [sellerRow(seller)]);
    await tx.insert(OrderEntity, [
      ...openToBrazil.map((id) => orderRow(seller, id, { destination: brazil })),
      orderRow(seller, 'X-cancelled', { destination: brazil, state: 'cancelled' }),
      orderRow(seller, 'X-confirmed', { destination: brazil, state: 'confirmed', confirmedAt: now }),
      orderRow(seller, 'X-domestic', { destination: brazil, isGlobalExpress: false }),
      orderRow(seller, 'X-germany'),
    ]);
  });

/** The orders that no suspension of Brazil touches, as they stay. */
export const untouched = {
  'X-cancelled': 'cancelled',
  'X-confirmed': 'confirmed',
  'X-domestic': 'pending',
  'X-germany': 'pending',
};

/** What the gateway writes for the open orders when Brazil is suspended or the suspension lifted (R13). Returns the operation's id. */
export const announce = (database: Database, version: number, state: 'active' | 'lifted'): Promise<string> =>
  database.transaction(async (tx) => {
    await tx.query('update programme set suspension_version = $1', [version]);
    await tx.query('delete from suspensions');
    await tx.insert(SuspensionEntity, [
      {
        id: 'sus_1' as SuspensionId,
        destination: 'BR',
        state,
        reason: 'carrier stop',
        version,
        suspendedAt: now,
        liftedAt: state === 'lifted' ? now : null,
      },
    ]);
    return startOperation(tx, { kind: 'suspend-destination', sellerId: null, now }, [
      outgoing(holdOrders, { payload: { destination: 'BR', version }, sellerId: null }),
    ]);
  });

/** A purchase that was under way when the hold came ends well, or goes wrong. */
export const putLabel = (database: Database, orderId: string, state: 'purchased' | 'refused'): Promise<void> =>
  database.transaction(async (tx) => {
    await tx.insert(LabelPurchaseEntity, [labelRow(seller, orderId, `L-${orderId}`, { state })]);
  });

export const ordersOf = (database: Database) => database.transaction((tx) => tx.select(OrderEntity, 'order by t.id'));

export const statesOf = async (database: Database) =>
  Object.fromEntries((await ordersOf(database)).map((row) => [row.id, row.state]));

export const all = (state: string) => Object.fromEntries(openToBrazil.map((id) => [id, state]));
