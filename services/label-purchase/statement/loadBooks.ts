import type { StatementPage } from '@ge/carriers';
import {
  LabelPurchaseEntity,
  type LabelRow,
  labelsOfReferences,
  labelsWithoutCharge,
  lockShippedOrders,
  openDifferences,
  packedLabelsOf,
  refundLinesOf,
  type ShippedOrderRow,
  StatementDifferenceEntity,
  type StatementDifferenceRow,
  StatementLineEntity,
  type StatementLineRow,
  type Transaction,
  transfersOfOrders,
} from '@ge/database';
import type { LedgerTransfer, OrderId, PackedLabel } from '@ge/domain';
import { RowSet } from '@ge/runtime';

/** What a page of a statement is compared with, and what comes of it. */
export interface Books {
  readonly carrierId: string;
  readonly page: StatementPage;
  /** Lines that differed when they were looked at last; only at the end of the statement. */
  readonly doubted: readonly StatementLineRow[];
  readonly orders: ReadonlyMap<OrderId, ShippedOrderRow>;
  readonly labels: RowSet<LabelRow>;
  /** All labels of these orders. */
  readonly packed: ReadonlyMap<OrderId, readonly PackedLabel[]>;
  readonly transfers: RowSet<LedgerTransfer>;
  /** Shipments that the statement gives back, by reference. */
  readonly refunded: ReadonlyMap<string, ReadonlySet<string>>;
  readonly differences: RowSet<StatementDifferenceRow>;
  /** Bought labels that the statement does not charge; only at its end. */
  readonly uncharged: readonly Pick<LabelRow, 'id' | 'charge'>[];
}

/** Differences and missing charges looked at in one go, at most. */
const most = 10_000;

/** Where a page was read by somebody else already. */
export const noBooks = (carrierId: string): Books => ({
  carrierId,
  page: { lines: [], next: null },
  doubted: [],
  orders: new Map(),
  labels: new RowSet<LabelRow>([], ({ id }) => id),
  packed: new Map(),
  transfers: new RowSet<LedgerTransfer>([], ({ id }) => id),
  refunded: new Map(),
  differences: new RowSet<StatementDifferenceRow>([], ({ subject }) => subject),
  uncharged: [],
});

/** Takes in the lines of a page and locks what they are about: orders first, then their labels. */
export async function loadBooks(
  tx: Transaction,
  carrierId: string,
  page: StatementPage,
  boughtBefore: Date,
): Promise<Books> {
  await tx.insert(StatementLineEntity, page.lines);
  const isEnd = page.next === null;
  const uncharged = isEnd ? await labelsWithoutCharge(tx, carrierId, boughtBefore, most) : [];
  const differences = isEnd ? await differencesOf(tx, carrierId, uncharged) : [];
  const doubtedNos = differences.flatMap(({ lineNo }) => (lineNo === null ? [] : [[carrierId, lineNo] as const]));
  const doubted = await tx.find(StatementLineEntity, doubtedNos);
  const references = [...new Set([...page.lines, ...doubted].map(({ reference }) => reference))];
  const found = await labelsOfReferences(tx, references);
  const orderIds = [...new Set(found.map(({ orderId }) => orderId))];
  const orders = await lockShippedOrders(tx, orderIds);
  const labels = await tx.lock(
    LabelPurchaseEntity,
    found.map(({ id }) => id),
  );
  const refunds = await refundLinesOf(tx, carrierId, references);
  return {
    carrierId,
    page,
    doubted,
    orders: new Map(orders.map((order) => [order.id, order])),
    labels: new RowSet(labels, ({ id }) => id),
    packed: Map.groupBy(await packedLabelsOf(tx, orderIds), ({ orderId }) => orderId),
    transfers: new RowSet(await transfersOfOrders(tx, orderIds), ({ id }) => id),
    refunded: new Map(
      [...Map.groupBy(refunds, ({ reference }) => reference)].map(([reference, lines]) => [
        reference,
        new Set(lines.map(({ shipmentRef }) => shipmentRef)),
      ]),
    ),
    differences: new RowSet(differences, ({ subject }) => subject),
    uncharged,
  };
}

/** The open ones, and those of these labels whether they are open or were settled once. */
async function differencesOf(
  tx: Transaction,
  carrierId: string,
  uncharged: readonly Pick<LabelRow, 'id'>[],
): Promise<StatementDifferenceRow[]> {
  const open = await openDifferences(tx, carrierId, '', most);
  const known = new Set(open.map(({ subject }) => subject));
  const subjects = uncharged.map(({ id }) => `label/${id}`).filter((subject) => !known.has(subject));
  const settled = await tx.find(
    StatementDifferenceEntity,
    subjects.map((subject) => [carrierId, subject]),
  );
  return [...open, ...settled];
}
