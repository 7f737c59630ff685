import type { StatementLineKind } from '@ge/domain';

/** As the log has it, in its own words. */
interface Payment {
  readonly source_type: string;
  readonly target_type: string;
  readonly charge_type: string;
  readonly amount: string;
  readonly other: string;
  readonly amount_postage_fee: string;
}

interface Part {
  readonly kind: StatementLineKind;
  /** Cents. */
  readonly minor: number;
}

/** Hundred-thousandths of a dollar in a cent. */
const CENT = 1_000;

/** Hundred-thousandths of a dollar, as in `$8.20000`; undefined for what is no such amount. */
function amountOf(text: string): number | undefined {
  const [, whole, parts = ''] = /^\$?(\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:\.(\d{1,5}))?$/.exec(text) ?? [];
  return whole === undefined ? undefined : Number(whole.replaceAll(',', '') + parts.padEnd(5, '0'));
}

/** EasyPost counts in fractions of a cent, the ledger in cents: half a cent and more is one. */
const cents = (amount: number): number => Math.round(amount / CENT);

/**
 * What a payment for a shipment is for: postage, which is the charge of a label, and the rest, EasyPost's own fees, as an
 * adjustment of it. Postage that EasyPost does not collect is billed by the carrier behind. undefined for what cannot be told.
 */
export function splitOf({ source_type, target_type, charge_type, other, ...of }: Payment): readonly Part[] | undefined {
  const amount = amountOf(of.amount);
  const postage = of.amount_postage_fee === '' ? amount : amountOf(of.amount_postage_fee);
  const isCredit = target_type === 'user';
  const isKnown = isCredit ? source_type !== 'user' : target_type === 'easypost_bank';
  if (amount === undefined || postage === undefined || postage > amount || !isKnown) return undefined;
  const sign = isCredit ? -1 : 1;
  const adjustment = (by: number): readonly Part[] =>
    cents(by) === 0 ? [] : [{ kind: 'adjustment', minor: sign * cents(by) }];
  const isSale = !isCredit && charge_type === 'service_fee' && other !== 'delta';
  const isRefund = isCredit && charge_type === 'refund';
  if (!isSale && !isRefund) return adjustment(amount);
  const fees = adjustment(amount - postage);
  if (postage > 0) return [{ kind: isSale ? 'charge' : 'refund', minor: cents(postage) }, ...fees];
  return isSale ? [{ kind: 'billed_elsewhere', minor: 0 }, ...fees] : fees;
}
