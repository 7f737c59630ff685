import type { StatementPage } from '@ge/carriers';
import {
  ChargeReclaimEntity,
  chargesAndRefundsOf,
  furtherLinesInDoubt,
  LabelPurchaseEntity,
  type LabelRow,
  labelsOfReferences,
  labelsOfShipments,
  labelsWithoutCharge,
  lockShippedOrders,
  openDifferences,
  type PaidLine,
  packedLabelsOf,
  type ShippedOrderRow,
  StatementDifferenceEntity,
  type StatementDifferenceRow,
  StatementLineEntity,
  type StatementLineRow,
  type Transaction,
  transfersOfOrders,
} from '@ge/database';
import type { ChargeReclaim, LedgerTransfer, Money, OrderId, PackedLabel } from '@ge/domain';
import { RowSet } from '@ge/runtime';

/** A page whose lines all have a reference: the label's id, or the shipment's where no label is known for it. */
interface NamedPage extends StatementPage {
  readonly lines: readonly StatementLineRow[];
}

/** What a page of a statement is compared with, and what comes of it. */
export interface Books {
  readonly carrierId: string;
  readonly page: NamedPage;
  /** Lines that differed when they were looked at last, and further charges that were answered since; only at the end of the statement. */
  readonly doubted: readonly StatementLineRow[];
  readonly orders: ReadonlyMap<OrderId, ShippedOrderRow>;
  readonly labels: RowSet<LabelRow>;
  /** All labels of these orders. */
  readonly packed: ReadonlyMap<OrderId, readonly PackedLabel[]>;
  readonly transfers: RowSet<LedgerTransfer>;
  /** Shipments that the statement charges, and those it gives back, by reference. */
  readonly charged: ReadonlyMap<string, ReadonlySet<string>>;
  readonly refunded: ReadonlyMap<string, ReadonlySet<string>>;
  /** What the statement charges for each shipment, the first time. */
  readonly amounts: ReadonlyMap<string, Money>;
  /** Lines before which there is one of the same kind for the same shipment. */
  readonly repeated: ReadonlySet<number>;
  /** What was asked back of the shipments of the lines, by shipment. */
  readonly reclaims: RowSet<ChargeReclaim>;
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
  charged: new Map(),
  refunded: new Map(),
  amounts: new Map(),
  repeated: new Set(),
  reclaims: new RowSet<ChargeReclaim>([], ({ shipmentRef }) => shipmentRef),
  differences: new RowSet<StatementDifferenceRow>([], ({ subject }) => subject),
  uncharged: [],
});

/** Takes in the lines of a page and locks what they are about: orders first, then their labels. */
export async function loadBooks(
  tx: Transaction,
  carrierId: string,
  given: StatementPage,
  boughtBefore: Date,
): Promise<Books> {
  const page = await namedByLabel(tx, carrierId, given);
  const isEnd = page.next === null;
  const answered = isEnd ? await furtherLinesInDoubt(tx, carrierId, most) : [];
  await tx.insert(StatementLineEntity, page.lines);
  const uncharged = isEnd ? await labelsWithoutCharge(tx, carrierId, boughtBefore, most) : [];
  const subjects = [...uncharged.map(({ id }) => `label/${id}`), ...answered.map(({ lineNo }) => `line/${lineNo}`)];
  const differences = isEnd ? await differencesOf(tx, carrierId, subjects) : [];
  const doubtedNos = new Set([...differences, ...answered].flatMap(({ lineNo }) => lineNo ?? []));
  const doubted = await tx.find(
    StatementLineEntity,
    [...doubtedNos].map((lineNo) => [carrierId, lineNo]),
  );
  const references = [...new Set([...page.lines, ...doubted].map(({ reference }) => reference))];
  const found = await labelsOfReferences(tx, references);
  const orderIds = [...new Set(found.map(({ orderId }) => orderId))];
  const orders = await lockShippedOrders(tx, orderIds);
  const labels = await tx.lock(
    LabelPurchaseEntity,
    found.map(({ id }) => id),
  );
  const paid = await chargesAndRefundsOf(tx, carrierId, references);
  const shipments = new Set([...page.lines, ...doubted].map(({ shipmentRef }) => shipmentRef));
  // Locked before what is booked is read: what a carrier's answer books meanwhile would not be compared with its line.
  const reclaims = await tx.lock(
    ChargeReclaimEntity,
    [...shipments].map((shipmentRef) => [carrierId, shipmentRef]),
  );
  return {
    carrierId,
    page,
    doubted,
    orders: new Map(orders.map((order) => [order.id, order])),
    labels: new RowSet(labels, ({ id }) => id),
    packed: Map.groupBy(await packedLabelsOf(tx, orderIds), ({ orderId }) => orderId),
    transfers: new RowSet(await transfersOfOrders(tx, orderIds), ({ id }) => id),
    charged: shipmentsOf(paid.filter(({ kind }) => kind === 'charge')),
    refunded: shipmentsOf(paid.filter(({ kind }) => kind === 'refund')),
    amounts: amountsOf(paid),
    repeated: repeatedOf(paid),
    reclaims: new RowSet(reclaims, ({ shipmentRef }) => shipmentRef),
    differences: new RowSet(differences, ({ subject }) => subject),
    uncharged,
  };
}

const shipmentsOf = (lines: readonly Pick<StatementLineRow, 'reference' | 'shipmentRef'>[]) =>
  new Map(
    [...Map.groupBy(lines, ({ reference }) => reference)].map(([reference, those]) => [
      reference,
      new Set(those.map(({ shipmentRef }) => shipmentRef)),
    ]),
  );

const amountsOf = (lines: readonly PaidLine[]): ReadonlyMap<string, Money> =>
  new Map(
    lines
      .filter(({ kind }) => kind === 'charge')
      .sort((a, b) => b.lineNo - a.lineNo)
      .map(({ shipmentRef, minor, currency }) => [shipmentRef, { minor, currency }]),
  );

const repeatedOf = (lines: readonly PaidLine[]): ReadonlySet<number> => {
  const alike = Map.groupBy(lines, ({ kind, reference, shipmentRef }) =>
    JSON.stringify([kind, reference, shipmentRef]),
  );
  return new Set(
    [...alike.values()].flatMap((those) =>
      those
        .map(({ lineNo }) => lineNo)
        .sort((a, b) => a - b)
        .slice(1),
    ),
  );
};

async function namedByLabel(tx: Transaction, carrierId: string, page: StatementPage): Promise<NamedPage> {
  const { lines } = page;
  const unnamed = new Set(lines.flatMap(({ reference, shipmentRef }) => (reference === null ? [shipmentRef] : [])));
  const labels = unnamed.size > 0 ? await labelsOfShipments(tx, carrierId, [...unnamed]) : [];
  const byShipment = new Map(labels.map(({ id, offerToken }) => [offerToken.split('.')[0], id]));
  const referenceOf = (shipmentRef: string) => byShipment.get(shipmentRef) ?? shipmentRef;
  const named = lines.map((line) => ({ ...line, reference: line.reference ?? referenceOf(line.shipmentRef) }));
  return { ...page, lines: named };
}

/** The open ones, and those of these subjects whether they are open or were settled once. */
async function differencesOf(
  tx: Transaction,
  carrierId: string,
  subjects: readonly string[],
): Promise<StatementDifferenceRow[]> {
  const open = await openDifferences(tx, carrierId, '', most);
  const known = new Set(open.map(({ subject }) => subject));
  const settled = await tx.find(
    StatementDifferenceEntity,
    subjects.filter((subject) => !known.has(subject)).map((subject) => [carrierId, subject]),
  );
  return [...open, ...settled];
}
