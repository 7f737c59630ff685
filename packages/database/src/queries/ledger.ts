import type { LedgerTransfer, OrderId } from '@ge/domain';
import { LedgerTransferEntity } from '../entities/index.ts';
import type { Transaction } from '../transaction.ts';

/** Books transfers; one that is booked already stays as it is. */
export const bookTransfers = (tx: Transaction, transfers: readonly LedgerTransfer[]): Promise<number> =>
  tx.insert(LedgerTransferEntity, transfers, true);

/** Everything booked of these orders, oldest first. */
export const transfersOfOrders = (tx: Transaction, orderIds: readonly OrderId[]): Promise<LedgerTransfer[]> =>
  tx.select(LedgerTransferEntity, 'where t.order_id = any($1::text[]) order by t.booked_at, t.id', [orderIds]);
