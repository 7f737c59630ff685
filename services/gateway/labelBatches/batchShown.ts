import {
  asidesOfBatches,
  databaseTime,
  type LabelBatchRow,
  standingsByCarrier,
  type Transaction,
  tallyBatches,
  unsentOfBatches,
} from '@ge/database';
import {
  carriersAwaited,
  countStandings,
  type Money,
  type ShownBatchState,
  shownBatchState,
  standingOf,
  sumMoney,
} from '@ge/domain';

/** Batches as answers show them: how their items stand, which carriers they wait for, and what the labels that are paid for cost. */
export async function batchesShown(tx: Transaction, batches: readonly LabelBatchRow[]) {
  // Standings go by the database's clock.
  const now = await databaseTime(tx);
  const ids = batches.map(({ id }) => id);
  const groups = await tallyBatches(tx, ids);
  const unsent = await unsentOfBatches(tx, ids);
  const asides = await asidesOfBatches(tx, ids);
  const standings = await standingsByCarrier(tx);
  const byBatch = Map.groupBy(groups, ({ batchId }) => batchId);
  return batches.map((batch) => {
    const own = byBatch.get(batch.id) ?? [];
    const counts = countStandings(own);
    const paid = own.flatMap(({ state, label, charged }) =>
      charged && standingOf({ state }, label) === 'bought' ? charged : [],
    );
    const state: ShownBatchState = shownBatchState(batch, counts);
    const total = own.reduce((sum, { count }) => sum + count, 0);
    const aside = own.reduce((sum, group) => sum + (group.isAside ? group.count : 0), 0);
    const awaited = carriersAwaited(unsent.get(batch.id) ?? none, asides.get(batch.id) ?? none, standings, now);
    return { ...batch, state, total, counts, aside, awaited, charged: totals(paid) };
  });
}

const none: ReadonlyMap<string, number> = new Map();

const totals = (amounts: readonly Money[]): readonly Money[] =>
  [...Map.groupBy(amounts, ({ currency }) => currency)].map(([currency, some]) => sumMoney(some, currency));

export async function batchShown(tx: Transaction, batch: LabelBatchRow) {
  const [shown] = await batchesShown(tx, [batch]);
  return shown!;
}
