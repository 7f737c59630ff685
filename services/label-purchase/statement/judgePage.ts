import type { LabelRow, MessageRow, Outgoing, StatementDifferenceRow, StatementLineRow } from '@ge/database';
import {
  bookBackFurther,
  type ChargeReclaim,
  chargeFurther,
  decideReclaim,
  judgeStatementLine,
  type LedgerTransfer,
  type OrderId,
  type ReclaimContext,
  type ReclaimPolicy,
  type StatementDifference,
  settleDeposit,
  takeUpCharge,
} from '@ge/domain';
import { reclaimOfCharge, resolutionOf } from '../followUps.ts';
import type { Books } from './loadBooks.ts';

export interface JudgedPage {
  readonly counts: { readonly lines: number; readonly booked: number; readonly differences: number };
  /** Labels that are charged and were never sent are looked up; what was charged in vain is asked back. */
  readonly followUps: readonly Outgoing[];
}

/** By what it is decided which charges the carrier is asked to take back. */
export interface ReclaimRule extends Pick<ReclaimContext, 'carrier' | 'readAt'> {
  readonly reclaims: ReclaimPolicy;
}

/**
 * Judges each line of a page, and at the end of a statement what was in doubt; deposits that are due by it are settled, and what
 * was charged in vain is asked back.
 */
export function judgePage(books: Books, now: Date, message: MessageRow, rule: ReclaimRule): JudgedPage {
  const { page, doubted, differences, labels, uncharged } = books;
  const followUps: Outgoing[] = [];
  const booked = new Booked(books);
  for (const line of [...doubted, ...page.lines]) {
    const label = labels.get(line.reference);
    const beside = books.reclaims.get(line.shipmentRef);
    if (label && beside && isOwn(line, label)) booked.add(bookBackFurther(beside, booked.of(label.orderId), now));
    const { difference, transfers } = judgeStatementLine(line, contextOf(books, booked, line, label));
    booked.add(transfers);
    note(books, `line/${line.lineNo}`, difference, line, label ?? null, now);
    // Not before its end: the line that gives a charge back may stand on a later page.
    const reclaim =
      page.next === null && difference && label ? reclaimOf(books, line, label, difference, rule, now) : null;
    if (reclaim) {
      books.reclaims.add(reclaim);
      booked.add(chargeFurther(reclaim, now));
      followUps.push(reclaimOfCharge(reclaim, message.operationId));
    }
    if (difference !== 'under_way' || !label || !isSale(line)) continue;
    const taken = takeUpCharge(label, line.at);
    if (taken === label) continue;
    labels.put({ ...label, ...taken });
    followUps.push(resolutionOf(label, message, now));
  }
  const missing = new Map(uncharged.map((label) => [`label/${label.id}`, label]));
  for (const [subject, label] of missing) note(books, subject, 'not_on_statement', null, label, now);
  for (const { subject, lineNo } of differences.values())
    if (page.next === null && lineNo === null && !missing.has(subject)) note(books, subject, null, null, null, now);
  for (const order of books.orders.values())
    booked.add(settleDeposit(order, books.packed.get(order.id) ?? [], booked.of(order.id), now));
  const open = differences.values().filter(({ settledAt }) => settledAt === null).length;
  return { counts: { lines: page.lines.length, booked: booked.count, differences: open }, followUps };
}

function reclaimOf(
  { charged, refunded, reclaims }: Books,
  line: StatementLineRow,
  label: LabelRow,
  difference: StatementDifference,
  { reclaims: policy, carrier, readAt }: ReclaimRule,
  now: Date,
): ChargeReclaim | null {
  const shipments = { charged: charged.get(line.reference) ?? none, refunded: refunded.get(line.reference) ?? none };
  const isKnown = reclaims.has(line.shipmentRef);
  return decideReclaim(line, { label, difference, ...shipments, isKnown, policy, carrier, readAt }, now);
}

const none: ReadonlySet<string> = new Set();

const isOwn = (line: StatementLineRow, { carrierId, shipmentRef }: LabelRow): boolean =>
  carrierId === line.carrierId && shipmentRef === line.shipmentRef;

const isSale = ({ kind }: StatementLineRow): boolean => kind === 'charge' || kind === 'billed_elsewhere';

function contextOf(books: Books, booked: Booked, line: StatementLineRow, label: LabelRow | undefined) {
  const transfers = label ? booked.of(label.orderId) : [];
  return {
    label: label ?? null,
    transfers: transfers.filter(({ labelId }) => labelId === label?.id),
    reclaim: books.reclaims.get(line.shipmentRef) ?? null,
    refunded: books.refunded.get(line.reference) ?? none,
    charged: books.amounts.get(line.shipmentRef) ?? null,
    isRepeated: books.repeated.has(line.lineNo),
    depositCurrency: transfers.find(({ kind }) => kind === 'import_fee_deposit')?.currency ?? null,
  };
}

/** What is booked of each order, with what this page adds. */
class Booked {
  count = 0;
  readonly #books: Books;
  readonly #ofOrder: Map<OrderId, LedgerTransfer[]>;

  constructor(books: Books) {
    this.#books = books;
    this.#ofOrder = Map.groupBy(books.transfers.values(), ({ orderId }) => orderId);
  }

  of(orderId: OrderId): readonly LedgerTransfer[] {
    return this.#ofOrder.get(orderId) ?? [];
  }

  add(transfers: readonly LedgerTransfer[]): void {
    for (const transfer of transfers) {
      if (this.#books.transfers.has(transfer.id)) continue;
      this.#books.transfers.add(transfer);
      this.#ofOrder.set(transfer.orderId, [...this.of(transfer.orderId), transfer]);
      this.count += 1;
    }
  }
}

/** Writes down that a subject differs, or that it no longer does. */
function note(
  { carrierId, differences }: Books,
  subject: string,
  kind: StatementDifference | null,
  line: StatementLineRow | null,
  label: Pick<LabelRow, 'id' | 'charge'> | null,
  now: Date,
): void {
  const known = differences.get(subject);
  if (kind === null) {
    if (known?.settledAt === null) differences.put({ ...known, settledAt: now });
    return;
  }
  const found: Omit<StatementDifferenceRow, 'seenAt'> = {
    carrierId,
    subject,
    kind,
    reference: line?.reference ?? label!.id,
    lineNo: line?.lineNo ?? null,
    theirs: line && { minor: line.minor, currency: line.currency },
    ours: label?.charge ?? null,
    settledAt: null,
  };
  if (known) differences.put({ ...found, seenAt: known.seenAt });
  else differences.add({ ...found, seenAt: now });
}
