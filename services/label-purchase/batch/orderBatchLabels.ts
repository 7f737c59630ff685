import { orderBatchLabels as contract } from '@ge/contracts';
import { endWaitingItems, LabelBatchEntity, type LabelBatchItemRow, type Transaction } from '@ge/database';
import { type LabelBatchId, labelBatchRefusals } from '@ge/domain';
import { carryOn, type DeadMessage, effectHandler, snooze } from '@ge/runtime';
import type { CarrierDesk } from '../carrierDesk.ts';
import { purchaseOf } from '../followUps.ts';
import { pauseBeforeFreePlace, pauseBeforeNextSlice, whileBatchIsPaused } from '../pauses.ts';
import { type BatchPace, claimSlices, type SliceIntent } from './claimSlices.ts';
import { loadOrdering, orderItem, saveOrdering } from './orderItems.ts';
import { type QuotedItems, quoteItems } from './quoteItems.ts';

/** Slices whose items this process quotes at once. */
const slicesAtOnce = 4;

/**
 * Asks for the labels of a batch slice by slice (R17): quotes what names no offer while nothing is locked, then writes labels,
 * items and messages in one transaction. An item is asked for only while it waits, so that neither a restart nor a second
 * delivery asks for it twice; between two slices other sellers have their turn. Where a carrier gives no answer, the items that
 * nobody else takes step aside, and the slices after them go on.
 */
export const orderBatchLabels = (desk: CarrierDesk, pace: BatchPace) =>
  effectHandler({
    contract,
    callsInFlight: slicesAtOnce,
    claim: claimSlices(desk, pace),
    call: (intent: SliceIntent): Promise<QuotedItems> => quoteItems(desk, intent),
    settle: {
      load: (tx, calls) =>
        loadOrdering(
          tx,
          calls.map(({ intent }) => intent),
        ),
      decide: ({ job, intent, result }, state, now) => {
        if (result.kind === 'not_begun') return snooze(pauseBeforeFreePlace, 'the carriers were not asked');
        const quoted = result.kind === 'answered' ? result.value : new Map();
        const ends = intent.items.map((one) => orderItem(state, one, quoted.get(one.item.itemNo), pace, now));
        const labels = ends.filter((end) => typeof end === 'object');
        const refused = ends.filter((end) => end === 'refused').length;
        if (ends.every((end) => end === 'later')) {
          const isPaused = state.batches.get(intent.batchId)?.state === 'paused';
          return isPaused
            ? snooze(whileBatchIsPaused(job.message.snoozes), 'the batch is paused')
            : snooze(pauseBeforeNextSlice(job.message.snoozes), 'its orders were changed meanwhile');
        }
        return carryOn(
          { upToItemNo: intent.items.at(-1)!.item.itemNo },
          {
            followUps: labels.map((label) => purchaseOf(label, job.message)),
            progress: { counts: { ordered: labels.length, refused } },
          },
        );
      },
      save: saveOrdering,
    },
    onDead: endItemsOf({ state: 'refused', refusals: [labelBatchRefusals.refusal('label_batch.given_up', '')] }),
    onCancelled: endItemsOf({ state: 'cancelled', refusals: [] }),
  });

/** Ends what waits of batches whose job will never run again, so that none waits for ever. */
function endItemsOf(as: Pick<LabelBatchItemRow, 'state' | 'refusals'>) {
  return async (tx: Transaction, dead: readonly DeadMessage[]) => {
    const ids = dead.map(({ message }) => batchIdOf(message.payload));
    const batches = await tx.lock(LabelBatchEntity, [...new Set(ids)], 'for share', ['id']);
    await endWaitingItems(
      tx,
      batches.map(({ id }) => id),
      as,
    );
    return [];
  };
}

/** A payload may have made its message dead: only what it must have is asked of it. */
const batchIdOf = (payload: unknown): LabelBatchId =>
  String((payload as { batchId?: unknown } | null)?.batchId ?? '') as LabelBatchId;
