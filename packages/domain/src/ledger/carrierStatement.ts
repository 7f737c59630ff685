import type { LabelPurchase } from '../label/labelPurchase.ts';
import { isUndecidedLabel } from '../label/labelTransitions.ts';
import type { Currency, Money } from '../money/money.ts';
import { type ChargeReclaim, isEndedReclaim } from './chargeReclaim.ts';
import { adjustFurther, adjustLabel, payDuty, refundFurther } from './labelTransfers.ts';
import type { LedgerTransfer } from './ledgerTransfer.ts';

/** `billed_elsewhere`: a reseller sold the label, and the carrier behind it bills it on an account of its own: no amount is told. */
export type StatementLineKind = 'charge' | 'billed_elsewhere' | 'adjustment' | 'refund' | 'duty';

/** One line of what a carrier bills; lines are numbered in the order in which they were written and never change. */
export interface StatementLine {
  readonly carrierId: string;
  readonly lineNo: number;
  readonly kind: StatementLineKind;
  /** Our reference as the carrier repeats it: the id of the label. */
  readonly reference: string;
  readonly shipmentRef: string;
  /** Minor units; below zero only where an adjustment is in our favour. */
  readonly minor: number;
  readonly currency: Currency;
  readonly at: Date;
}

/** What a line says and our books do not, or the other way round. */
export type StatementDifference =
  /** A line for a label that was never asked for here. */
  | 'no_such_label'
  /** Charged, and here the purchase is still open: it is judged again once it has ended. */
  | 'under_way'
  /** Charged, and here it ended without anything bought, or waits for a person. */
  | 'not_written_down'
  /**
   * A further charge for a label that was bought already, not given back, and the carrier is not being asked for it; or a second
   * one for the same shipment; or duty for such a shipment.
   */
  | 'charged_again'
  | 'amount_differs'
  /** Given back, and here the label is not voided. */
  | 'refund_not_written_down'
  /** Duty in another currency than the order's deposit. */
  | 'currency_differs'
  /** Bought here, and no line charges it. */
  | 'not_on_statement';

/** What a line is judged by. */
export interface LineContext {
  /** The label of the line's reference; null where there is none. */
  readonly label: Pick<
    LabelPurchase,
    'id' | 'orderId' | 'sellerId' | 'carrierId' | 'state' | 'shipmentRef' | 'charge'
  > | null;
  /** What is booked of the label so far. */
  readonly transfers: readonly LedgerTransfer[];
  /** What is asked back of the line's shipment, where it is beside that of the label; null where nothing is. */
  readonly reclaim: ChargeReclaim | null;
  /** Shipments of the same reference that the statement gives back. */
  readonly refunded: ReadonlySet<string>;
  /** What the statement charges for the line's shipment; null where nothing. */
  readonly charged: Money | null;
  /** Whether an earlier line of the same kind is for the same shipment. */
  readonly isRepeated: boolean;
  /** Currency of the order's import fee deposit; null where there is none. */
  readonly depositCurrency: Currency | null;
}

export interface JudgedLine {
  readonly difference: StatementDifference | null;
  /** What is to be booked by it: adjustments and duty are known by the statement alone. */
  readonly transfers: readonly LedgerTransfer[];
}

const agreed: JudgedLine = { difference: null, transfers: [] };
const differs = (difference: StatementDifference): JudgedLine => ({ difference, transfers: [] });
const booked = (transfers: readonly LedgerTransfer[]): JudgedLine => ({ difference: null, transfers });
const amountOf = ({ minor, currency }: StatementLine): Money => ({ minor, currency });

/** Compares a line of a carrier's statement with our books (R17, R23). May be asked again: the label may have changed since. */
export function judgeStatementLine(line: StatementLine, context: LineContext): JudgedLine {
  const { depositCurrency, reclaim } = context;
  const label = context.label?.carrierId === line.carrierId ? context.label : null;
  const isOurs = label !== null && label.shipmentRef === line.shipmentRef;
  const isSaleOrRefund = line.kind === 'charge' || line.kind === 'refund';
  // Booked is one of each: what the carrier bills or gives back of a shipment once more is a person's affair.
  if (context.isRepeated && isSaleOrRefund) return differs(repeated(line, label !== null));
  if (!isOurs && reclaim && line.kind === 'adjustment')
    return booked(adjustFurther(reclaim, line.lineNo, amountOf(line), line.at));
  if (!isOurs && reclaim && isSaleOrRefund) return furtherJudged(line, reclaim, context);
  if (!isOurs && isGivenBack(line, context)) return agreed;
  if (!label) return differs('no_such_label');
  if (!isOurs) return besideLabel(line, label);
  switch (line.kind) {
    case 'billed_elsewhere':
      return agreed;
    case 'charge':
      return label.charge?.minor === line.minor && label.charge.currency === line.currency
        ? agreed
        : differs('amount_differs');
    case 'refund':
      return refundJudged(line, label.state, context.transfers);
    case 'adjustment':
      return booked(adjustLabel(label, line.lineNo, amountOf(line), line.at));
    case 'duty':
      return depositCurrency !== null && depositCurrency !== line.currency
        ? differs('currency_differs')
        : booked(payDuty(label, line.lineNo, amountOf(line), line.at));
  }
}

/**
 * Whether a line of a shipment that no label here holds is nobody's loss: its charge was given back, or the line gives it back, and
 * not less. A fee, or duty, does not come back with it.
 */
function isGivenBack({ kind, minor, currency, shipmentRef }: StatementLine, { refunded, charged }: LineContext) {
  if (kind === 'refund') return charged === null || (minor >= charged.minor && currency === charged.currency);
  return (kind === 'charge' || kind === 'billed_elsewhere') && refunded.has(shipmentRef);
}

/**
 * Of a shipment beside that of the label that was never asked back. Once it is settled which one the label holds, what is billed
 * beside the charge is the platform's loss by its line; the charge is a person's affair, and so is duty: what nobody has printed
 * does not travel.
 */
function besideLabel(line: StatementLine, label: NonNullable<LineContext['label']>): JudgedLine {
  if (line.kind === 'adjustment' && !isUndecidedLabel(label)) {
    const { carrierId, lineNo, shipmentRef, at } = line;
    const { id: labelId, orderId, sellerId } = label;
    return booked(adjustFurther({ labelId, orderId, sellerId, carrierId, shipmentRef }, lineNo, amountOf(line), at));
  }
  if (line.kind === 'refund') return differs('amount_differs');
  return differs(label.shipmentRef === null ? unwritten(label.state) : 'charged_again');
}

/**
 * Of a charge that is asked back the ledger has the amount. It is a person's affair where it was refused, and where the statement
 * does not give back what the carrier said it gives; what comes back without having been asked for, or later, is booked by its line.
 */
function furtherJudged(
  line: StatementLine,
  reclaim: ChargeReclaim,
  { label, refunded, transfers }: LineContext,
): JudgedLine {
  const { charged } = reclaim;
  if (line.kind === 'refund') {
    const given = transfers.find(({ id }) => id === `further_refund/${line.carrierId}/${line.shipmentRef}`);
    if (!given) return booked(refundFurther(reclaim, amountOf(line), line.at));
    return given.minor === line.minor && given.currency === line.currency ? agreed : differs('amount_differs');
  }
  if (charged.minor !== line.minor || charged.currency !== line.currency) return differs('amount_differs');
  if (refunded.has(line.shipmentRef) || !isEndedReclaim(reclaim)) return agreed;
  return differs(label?.shipmentRef == null ? 'not_written_down' : 'charged_again');
}

const repeated = ({ kind }: StatementLine, isKnown: boolean): StatementDifference => {
  if (!isKnown) return 'no_such_label';
  return kind === 'charge' ? 'charged_again' : 'amount_differs';
};

const unwritten = (state: LabelPurchase['state']): StatementDifference =>
  isUndecidedLabel({ state }) && state !== 'parked' ? 'under_way' : 'not_written_down';

function refundJudged(
  { minor, currency }: StatementLine,
  state: LabelPurchase['state'],
  transfers: readonly LedgerTransfer[],
): JudgedLine {
  if (state !== 'voided') return differs('refund_not_written_down');
  const refund = transfers.find(({ kind }) => kind === 'label_refund');
  const isSame = minor === (refund?.minor ?? 0) && (refund === undefined || refund.currency === currency);
  return isSame ? agreed : differs('amount_differs');
}
