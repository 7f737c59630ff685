import type { LabelBatchId, LabelId, OperationId, OrderId, SellerId } from '../identity/ids.ts';
import type { LabelFormat, LabelPurchase, LabelState } from '../label/labelPurchase.ts';
import type { OfferPreference } from '../label/offerChoice.ts';
import type { Parcel } from '../label/parcel.ts';
import type { PriceTolerance } from '../label/priceTolerance.ts';
import type { Refusal } from '../refusal/refusal.ts';

/** Items of one batch at most. */
export const LABEL_BATCH_LIMIT = 10_000;

/** What its seller wants of it; whether all of it has ended is told by its items (`shownBatchState`). */
export type LabelBatchState = 'open' | 'paused' | 'cancelled';

/** Labels that are asked for together, and printed together. */
export interface LabelBatch {
  readonly id: LabelBatchId;
  readonly sellerId: SellerId;
  readonly operationId: OperationId;
  readonly state: LabelBatchState;
  /** Of every label in it, so that they can be printed as one. */
  readonly format: LabelFormat;
  /** null: an offer that ends before it is bought must not have become dearer. */
  readonly priceTolerance: PriceTolerance | null;
  readonly createdAt: Date;
}

/** `ordered`: it has its label, which says the rest. */
export type LabelBatchItemState = 'waiting' | 'ordered' | 'refused' | 'cancelled';

/** One parcel of a batch. */
export interface LabelBatchItem {
  readonly batchId: LabelBatchId;
  /** Its place in what was sent, from 0. */
  readonly itemNo: number;
  readonly orderId: OrderId;
  /** null only where it is not known: of a refused item whose offer nobody made. */
  readonly parcelNo: number | null;
  readonly parcel: Parcel | null;
  /** Names the offer to buy; else one is chosen. */
  readonly offerToken: string | null;
  readonly choose: OfferPreference | null;
  readonly itn: string | null;
  readonly state: LabelBatchItemState;
  readonly labelId: LabelId | null;
  /** Why there is no label; fields point into the item. */
  readonly refusals: readonly Refusal[];
  /** Since when no label can be asked for it because a carrier gives no answer or is stopped; null: it has not stepped aside. */
  readonly offerlessSince: Date | null;
  /** When carriers are asked for it again; until then others go first. null: as soon as its turn comes. */
  readonly askAgainAt: Date | null;
  /** The carriers that it has stepped aside for; what they are while it has not says nothing. */
  readonly awaitedCarriers: readonly string[];
  /** When its slice was read of which it stepped aside last, by the database's clock. */
  readonly asideAt: Date | null;
}

/** What an item looks like from outside, its label included. */
export type LabelBatchStanding = 'waiting' | 'under_way' | 'parked' | 'bought' | 'voided' | 'refused' | 'cancelled';

const standingOfLabel: Readonly<Record<LabelState, LabelBatchStanding>> = {
  requested: 'under_way',
  claimed: 'under_way',
  sent: 'under_way',
  unknown: 'under_way',
  parked: 'parked',
  purchased: 'bought',
  voiding: 'bought',
  void_refused: 'bought',
  voided: 'voided',
  refused: 'refused',
};

/** How an item stands, by itself and its label. */
export function standingOf(
  item: Pick<LabelBatchItem, 'state'>,
  label: Pick<LabelPurchase, 'state' | 'reason'> | null,
): LabelBatchStanding {
  if (item.state !== 'ordered') return item.state;
  if (!label) return 'under_way';
  if (label.state === 'refused' && label.reason === 'batch_cancelled') return 'cancelled';
  return standingOfLabel[label.state];
}

/** The states of item and label that look like this: what a page of such items is looked for by. */
export function standsLike(standing: LabelBatchStanding): {
  readonly itemStates: readonly LabelBatchItemState[];
  readonly labelStates: readonly LabelState[];
  /** Whether the label was ended with its batch; null where that makes no difference. */
  readonly byBatch: boolean | null;
} {
  const labelStates = (Object.keys(standingOfLabel) as LabelState[]).filter(
    (state) => standingOfLabel[state] === standing || (standing === 'cancelled' && state === 'refused'),
  );
  const own = standing === 'waiting' || standing === 'refused' || standing === 'cancelled' ? [standing] : [];
  const byBatch = standing === 'cancelled' ? true : standing === 'refused' ? false : null;
  return { itemStates: own, labelStates, byBatch };
}

export type StandingCounts = Readonly<Record<LabelBatchStanding, number>>;

/** Counts of items by how they stand, out of counts by the states of items and labels. */
export function countStandings(
  groups: Iterable<{
    readonly state: LabelBatchItemState;
    readonly label: Pick<LabelPurchase, 'state' | 'reason'> | null;
    readonly count: number;
  }>,
): StandingCounts {
  const counts = { waiting: 0, under_way: 0, parked: 0, bought: 0, voided: 0, refused: 0, cancelled: 0 };
  for (const { state, label, count } of groups) counts[standingOf({ state }, label)] += count;
  return counts;
}

/** `closed`: nothing of it is waiting or under way any more, but for what a person has to find out. */
export type ShownBatchState = LabelBatchState | 'closed';

export function shownBatchState({ state }: Pick<LabelBatch, 'state'>, counts: StandingCounts): ShownBatchState {
  if (state === 'cancelled') return 'cancelled';
  return counts.waiting + counts.under_way === 0 ? 'closed' : state;
}
