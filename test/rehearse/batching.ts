import { setTimeout as wait } from 'node:timers/promises';
import { type BodyIn, routes } from '@ge/api';
import type { Database } from '@ge/database';
import type { LabelBatchId, OrderId, SellerId } from '@ge/domain';
import { format, orderIdOf, placeOrders, sellerNo } from '@ge/testkit';
import type { AskedBatch } from './auditBatches.ts';
import type { BatchFate, BatchFates, BatchItemFate } from './fates.ts';
import { inTurns } from './inTurns.ts';
import { offerFor, wholeOrder } from './offers.ts';
import type { StageFleet } from './stage.ts';
import { patiently } from './standing.ts';

type Item = BodyIn<typeof routes.labelBatches.createLabelBatch>['items'][number];

/** A batch that is slow to begin is steered all the same. */
const beginsWithinMs = 5_000;

/** Buys labels with batches, some of which are paused, resumed or cancelled in the middle. */
export class Batching {
  readonly asked: AskedBatch[] = [];
  readonly #database: Database;
  readonly #client: StageFleet['client'];
  readonly #fates: BatchFates;
  readonly #depositMinor: number;

  constructor(database: Database, { client }: Pick<StageFleet, 'client'>, fates: BatchFates, depositMinor: number) {
    this.#database = database;
    this.#client = client;
    this.#fates = fates;
    this.#depositMinor = depositMinor;
  }

  /** Orders of these numbers. Resolves when their batches were steered; they are bought meanwhile and after. */
  async buy(from: number, count: number): Promise<void> {
    const steering: Promise<void>[] = [];
    let next = from;
    for (const fate of this.#fates.draw(count)) {
      const first = next;
      next += fate.items.length;
      steering.push(this.#buyOne(first, fate));
    }
    await Promise.all(steering);
  }

  async #buyOne(from: number, fate: BatchFate): Promise<void> {
    const count = fate.items.length;
    const sellerId = sellerNo(from);
    await patiently(async () => {
      if (await isPlaced(this.#database, from)) return;
      await placeOrders(this.#database, { from, count, depositMinor: this.#depositMinor, sellerId });
    });
    const items: Item[] = [];
    await inTurns([...fate.items.entries()], async ([place, item]) => {
      items[place] = await this.#item(orderIdOf(from + place), item);
    });
    const batchId = await this.#create(sellerId, items, from);
    this.asked.push({ id: batchId, items: count, ...(await this.#steer(batchId, fate)) });
  }

  async #item(orderId: OrderId, fate: BatchItemFate): Promise<Item> {
    if ('offerOf' in fate)
      return { orderId, offerToken: await offerFor({ client: this.#client }, orderId, fate.offerOf) };
    const { parcelNo, parcel } = wholeOrder;
    return { orderId, parcelNo, parcel, choose: fate.choose };
  }

  async #create(sellerId: SellerId, items: readonly Item[], from: number): Promise<LabelBatchId> {
    const { batch } = await patiently(() =>
      this.#client.call(routes.labelBatches.createLabelBatch, {
        params: { sellerId },
        body: { items: [...items], format },
        idempotencyKey: `batch.${from}`,
      }),
    );
    return batch.id;
  }

  async #steer(batchId: LabelBatchId, fate: BatchFate): Promise<Pick<AskedBatch, 'wasPaused' | 'cancelledAt'>> {
    const { isPaused, isCancelled } = fate;
    const params = { batchId };
    const { pauseLabelBatch, resumeLabelBatch, cancelLabelBatch } = routes.labelBatches;
    if (isPaused || isCancelled) await this.#untilBegun(batchId, fate.after);
    if (isPaused) {
      await patiently(() => this.#client.call(pauseLabelBatch, { params }));
      await wait(fate.pausedMs);
      if (!isCancelled) await patiently(() => this.#client.call(resumeLabelBatch, { params }));
    }
    if (isCancelled) await patiently(() => this.#client.call(cancelLabelBatch, { params }));
    return { wasPaused: isPaused, cancelledAt: isCancelled ? new Date() : null };
  }

  /** Until labels were asked for so many items, or that has taken long. */
  async #untilBegun(batchId: LabelBatchId, after: number): Promise<void> {
    const begun = performance.now();
    while (performance.now() - begun < beginsWithinMs) {
      const { total, counts } = await this.shown(batchId);
      if (total - counts.waiting >= after) return;
      await wait(50);
    }
  }

  /** How the API says that a batch stands. */
  shown(batchId: LabelBatchId) {
    return patiently(() => this.#client.call(routes.labelBatches.getLabelBatch, { params: { batchId } }));
  }
}

/** Whether the orders from this number on were placed: PostgreSQL may have been shut down between a commit and its answer. */
export async function isPlaced(database: Database, no: number): Promise<boolean> {
  const found = await database.query('select from orders where id = $1', [orderIdOf(no)]);
  return found.length > 0;
}
