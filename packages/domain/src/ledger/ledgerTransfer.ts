import type { LabelId, OrderId, SellerId } from '../identity/ids.ts';
import { type Currency, type Money, money } from '../money/money.ts';

/**
 * Whose money it is. `seller` pays for labels, `carrier` is who carries them and pays duty, `buyer` deposits import fees with
 * the programme (`import_fee_deposits`), and `platform` bears what a deposit did not cover (R23) and what a carrier charged twice.
 */
export type LedgerAccount = 'seller' | 'buyer' | 'carrier' | 'import_fee_deposits' | 'platform';

export type TransferKind =
  | 'label_charge'
  | 'label_adjustment'
  | 'label_refund'
  | 'further_charge'
  | 'further_refund'
  | 'import_fee_deposit'
  | 'import_duty'
  | 'deposit_surplus'
  | 'deposit_shortfall';

/**
 * An amount that leaves one account and reaches another. Both sides are one row, so that whatever is booked sums to zero in its
 * currency; a row is never changed, what was wrong is booked back.
 */
export interface LedgerTransfer {
  /** Says what it is for, so that the same is never booked twice: `label_charge/lbl_1`. */
  readonly id: string;
  readonly kind: TransferKind;
  readonly orderId: OrderId;
  readonly sellerId: SellerId;
  readonly labelId: LabelId | null;
  readonly carrierId: string | null;
  /** The account it leaves. */
  readonly debit: LedgerAccount;
  /** The account it reaches. */
  readonly credit: LedgerAccount;
  /** Minor units, above zero. */
  readonly minor: number;
  readonly currency: Currency;
  readonly bookedAt: Date;
}

/** The two sides of each kind; those of an adjustment in the carrier's disfavour change places. */
const sidesOf: Readonly<Record<TransferKind, readonly [debit: LedgerAccount, credit: LedgerAccount]>> = {
  label_charge: ['seller', 'carrier'],
  label_adjustment: ['seller', 'carrier'],
  label_refund: ['carrier', 'seller'],
  further_charge: ['platform', 'carrier'],
  further_refund: ['carrier', 'platform'],
  import_fee_deposit: ['buyer', 'import_fee_deposits'],
  import_duty: ['import_fee_deposits', 'carrier'],
  deposit_surplus: ['import_fee_deposits', 'buyer'],
  deposit_shortfall: ['platform', 'import_fee_deposits'],
};

type About = Pick<LedgerTransfer, 'orderId' | 'sellerId' | 'labelId' | 'carrierId'>;

/** The transfer of an amount, the other way round where it is negative; none of nothing. */
export function transferOf(
  kind: TransferKind,
  key: string,
  about: About,
  { minor, currency }: Money,
  bookedAt: Date,
): readonly LedgerTransfer[] {
  if (minor === 0) return [];
  const [debit, credit] = minor > 0 ? sidesOf[kind] : [...sidesOf[kind]].reverse();
  const { orderId, sellerId, labelId, carrierId } = about;
  return [
    {
      id: `${kind}/${key}`,
      ...{ kind, orderId, sellerId, labelId, carrierId },
      debit: debit!,
      credit: credit!,
      minor: Math.abs(minor),
      currency,
      bookedAt,
    },
  ];
}

/** What an account has received less what it has given, by currency; currencies that balance are absent. */
export function balanceOf(
  account: LedgerAccount,
  transfers: readonly Pick<LedgerTransfer, 'debit' | 'credit' | 'minor' | 'currency'>[],
): ReadonlyMap<Currency, Money> {
  const sums = new Map<Currency, number>();
  for (const { debit, credit, minor, currency } of transfers) {
    const change = (credit === account ? minor : 0) - (debit === account ? minor : 0);
    sums.set(currency, (sums.get(currency) ?? 0) + change);
  }
  return new Map(
    [...sums].filter(([, minor]) => minor !== 0).map(([currency, minor]) => [currency, money(minor, currency)]),
  );
}
