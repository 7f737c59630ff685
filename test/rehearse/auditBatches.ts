import {
  countStandings,
  type LabelBatchId,
  type LabelBatchItemState,
  type LabelState,
  type StandingCounts,
  standingOf,
} from '@ge/domain';
import { of } from './audit.ts';
import type { BookedCall, BookedCharge } from './carrierBook.ts';
import { horizonMs } from './carriers.ts';

/** A batch as it was accepted and steered. */
export interface AskedBatch {
  readonly id: LabelBatchId;
  readonly items: number;
  readonly wasPaused: boolean;
  /** When its cancellation had been accepted; null where it was not cancelled. */
  readonly cancelledAt: Date | null;
}

/** An item as the fleet has it. */
export interface EndedItem {
  readonly batchId: LabelBatchId;
  readonly itemNo: number;
  readonly state: LabelBatchItemState;
  readonly refusals: number;
  readonly labelId: string | null;
}

/** A label that was asked for with a batch. */
export interface BatchLabel {
  readonly id: string;
  readonly batchId: LabelBatchId;
  readonly state: LabelState;
  readonly reason: string | null;
  readonly sentAt: Date | null;
}

export interface EndedBatches {
  readonly items: readonly EndedItem[];
  readonly labels: readonly BatchLabel[];
  /** What the API says of each. */
  readonly shown: ReadonlyMap<string, { readonly total: number; readonly counts: StandingCounts }>;
}

export interface Batches {
  readonly batches: {
    readonly asked: number;
    readonly paused: number;
    readonly cancelled: number;
    readonly items: number;
    /** How they ended. */
    readonly ended: Readonly<Partial<StandingCounts>>;
  };
  readonly violations: readonly string[];
}

/**
 * The batches against the carriers' own book (R17): every item there and in one state, nothing sent of a batch once its
 * cancellation had been accepted. Charges and calls are by our labels. Pure.
 */
export function auditBatches(
  asked: readonly AskedBatch[],
  { items, labels, shown }: EndedBatches,
  book: { readonly charges: readonly BookedCharge[]; readonly calls: readonly BookedCall[] },
): Batches {
  const byBatch = Map.groupBy(items, ({ batchId }) => batchId);
  const labelById = new Map(labels.map((label) => [label.id, label]));
  const labelOf = ({ labelId }: EndedItem) => (labelId === null ? null : (labelById.get(labelId) ?? null));
  const standing = (item: EndedItem) => standingOf(item, labelOf(item));
  const counted = (some: readonly EndedItem[]) =>
    countStandings(some.map((item) => ({ state: item.state, label: labelOf(item), count: 1 })));

  const uncounted = asked.filter(({ id, items: total }) => {
    const own = byBatch.get(id) ?? [];
    const told = shown.get(id);
    return (
      new Set(own.map(({ itemNo }) => itemNo)).size !== total ||
      told?.total !== total ||
      !isSame(told.counts, counted(own))
    );
  });
  const unended = items.filter((item) => ['waiting', 'under_way'].includes(standing(item)));
  const inTwo = items.filter((item) => (item.state === 'ordered') !== (labelOf(item) !== null));
  const named = items.flatMap(({ labelId }) => labelId ?? []);
  const strayLabels = labels.length - new Set(named).size;
  const silent = items.filter((item) => standing(item) === 'refused' && item.refusals === 0 && !labelOf(item)?.reason);
  const cancelledAt = new Map(asked.map((batch) => [batch.id, batch.cancelledAt]));
  const endedEarly = items.filter((item) => standing(item) === 'cancelled' && !cancelledAt.get(item.batchId));

  const firstBuy = new Map<string, number>();
  for (const { operation, reference, at } of book.calls)
    if (operation === 'buy' && reference !== null && !firstBuy.has(reference)) firstBuy.set(reference, Date.parse(at));
  const sentAfter = labels.filter(({ id, batchId, sentAt }) => {
    const cancelled = cancelledAt.get(batchId)?.getTime();
    if (cancelled === undefined) return false;
    return (sentAt?.getTime() ?? 0) > cancelled || (firstBuy.get(id) ?? 0) > cancelled + horizonMs;
  });
  const charged = new Set(book.charges.map(({ reference }) => reference));
  const unsent = labels.filter(({ id, sentAt }) => sentAt === null && charged.has(id));
  const violations = [
    of(uncounted.length, 'batches do not account for all their items'),
    of(unended.length, 'items of batches have not ended'),
    of(inTwo.length, 'items of batches are in two states at once'),
    of(strayLabels, 'labels of batches belong to no item of their own'),
    of(silent.length, 'items of batches were refused without a reason'),
    of(endedEarly.length, 'items were cancelled though their batch was not'),
    of(sentAfter.length, 'labels were sent after their batch had been cancelled'),
    of(unsent.length, 'labels of batches were charged and never sent'),
  ];
  return {
    batches: {
      asked: asked.length,
      paused: asked.filter(({ wasPaused }) => wasPaused).length,
      cancelled: asked.filter((batch) => batch.cancelledAt !== null).length,
      items: asked.reduce((sum, batch) => sum + batch.items, 0),
      ended: Object.fromEntries(Object.entries(counted(items)).filter(([, count]) => count > 0)),
    },
    violations: violations.flat(),
  };
}

const isSame = (told: StandingCounts, found: StandingCounts): boolean =>
  Object.entries(found).every(([standing, count]) => told[standing as keyof StandingCounts] === count);
