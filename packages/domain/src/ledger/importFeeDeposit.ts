import type { PackedLabel } from '../label/labelPurchase.ts';
import { isBoughtLabel, isUndecidedLabel } from '../label/labelTransitions.ts';
import type { Money } from '../money/money.ts';
import { isWhollyLabelled } from '../order/labelledPieces.ts';
import type { Order } from '../order/order.ts';
import { balanceOf, type LedgerTransfer, transferOf } from './ledgerTransfer.ts';

type DepositedOrder = Pick<Order, 'id' | 'sellerId' | 'state' | 'lines'>;

const about = ({ id, sellerId }: Pick<Order, 'id' | 'sellerId'>) => ({
  orderId: id,
  sellerId,
  labelId: null,
  carrierId: null,
});

/** The import fee deposit that the platform collected with the order (R23). */
export const takeDeposit = (
  order: Pick<Order, 'id' | 'sellerId'> & { readonly importFeeDeposit: Money | null },
  now: Date,
): readonly LedgerTransfer[] =>
  order.importFeeDeposit === null
    ? []
    : transferOf('import_fee_deposit', order.id, about(order), order.importFeeDeposit, now);

/**
 * Whether no more duty is to be expected: all of the order lies under labels bought here and the carriers have billed duty for
 * each parcel, or it was cancelled and none of its labels may still travel.
 */
export function isDepositDue(
  order: Pick<Order, 'state' | 'lines'>,
  labels: readonly PackedLabel[],
  transfers: readonly Pick<LedgerTransfer, 'kind' | 'labelId'>[],
): boolean {
  if (labels.some(isUndecidedLabel)) return false;
  // A label whose void was refused lies in a drawer: the order is cancelled, or another one travels in its place.
  if (order.state === 'cancelled') return labels.every(({ state }) => state !== 'purchased' && state !== 'voiding');
  const bought = labels.filter(isBoughtLabel);
  const dutied = new Set(transfers.flatMap(({ kind, labelId }) => (kind === 'import_duty' ? [labelId] : [])));
  const cleared = new Set(bought.filter(({ id }) => dutied.has(id)).map(({ parcelNo }) => parcelNo));
  return isWhollyLabelled(order, bought) && bought.every(({ parcelNo }) => cleared.has(parcelNo));
}

/**
 * Settles an order's deposit (R23): what is left of it goes back to the buyer, what the carriers paid beyond it the platform
 * bears. Nothing before it is due, nor where it is settled; duty that is billed afterwards is settled by another transfer.
 * @param transfers all of the order so far
 */
export function settleDeposit(
  order: DepositedOrder,
  labels: readonly PackedLabel[],
  transfers: readonly LedgerTransfer[],
  now: Date,
): readonly LedgerTransfer[] {
  if (!isDepositDue(order, labels, transfers)) return [];
  const earlier = transfers.filter(({ kind }) => kind === 'deposit_surplus' || kind === 'deposit_shortfall').length;
  return [...balanceOf('import_fee_deposits', transfers).values()].flatMap(({ minor, currency }, place) => {
    const kind = minor > 0 ? 'deposit_surplus' : 'deposit_shortfall';
    const key = `${order.id}/${earlier + place + 1}`;
    return transferOf(kind, key, about(order), { minor: Math.abs(minor), currency }, now);
  });
}
