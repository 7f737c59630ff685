import { routes } from '@ge/api';
import type { Database } from '@ge/database';
import type { LabelId, OrderId } from '@ge/domain';
import { format, orderIdOf } from '@ge/testkit';
import type { AskedBack } from './auditVoids.ts';
import type { CarrierBook } from './carrierBook.ts';
import type { Fate } from './fates.ts';
import { inTurns } from './inTurns.ts';
import { offerFor } from './offers.ts';
import type { StageFleet } from './stage.ts';
import { patiently } from './standing.ts';

interface Bought {
  readonly id: LabelId;
  readonly orderId: OrderId;
  readonly trackingId: string;
}

/** Has labels voided that were bought, as their orders' fates say, and asks for others in their place. */
export class Voiding implements AskedBack {
  readonly voids = new Set<string>();
  readonly replacements = new Set<string>();
  readonly #database: Database;
  readonly #fleet: Pick<StageFleet, 'client'>;
  readonly #book: CarrierBook;
  readonly #left: Map<OrderId, Fate>;

  constructor(database: Database, fleet: Pick<StageFleet, 'client'>, book: CarrierBook, fates: readonly Fate[]) {
    this.#database = database;
    this.#fleet = fleet;
    this.#book = book;
    this.#left = new Map(fates.flatMap((fate, no) => (fate.isVoided ? [[orderIdOf(no), fate] as const] : [])));
  }

  /** Those of them that are bought by now, once each. */
  async voidBought(): Promise<void> {
    const bought = await patiently(() =>
      this.#database.query<Bought>(
        `select id, order_id as "orderId", tracking_id as "trackingId" from label_purchases
          where state = 'purchased' and order_id = any($1::text[])`,
        [[...this.#left.keys()]],
      ),
    );
    await inTurns(bought, (label) => this.#void(label));
  }

  async #void({ id: labelId, orderId, trackingId }: Bought): Promise<void> {
    const fate = this.#left.get(orderId)!;
    this.#left.delete(orderId);
    const { client } = this.#fleet;
    if (fate.isScanned) await this.#book.scan(trackingId, 'first_scan');
    await patiently(() =>
      client.call(routes.labels.voidLabel, { params: { labelId }, idempotencyKey: `void.${labelId}` }),
    );
    this.voids.add(labelId);
    if (!fate.replacedBy) return;
    const offerToken = await offerFor(this.#fleet, orderId, fate.replacedBy);
    const { label } = await patiently(() =>
      client.call(routes.labels.requestLabel, {
        params: { orderId },
        body: { offerToken, format },
        idempotencyKey: `replace.${labelId}`,
      }),
    );
    this.replacements.add(label.id);
  }
}
