import { routes } from '@ge/api';
import type { Database } from '@ge/database';
import type { LabelId } from '@ge/domain';
import { eventually } from '@ge/testkit';
import type { CarrierBook } from './carrierBook.ts';
import type { StageFleet } from './stage.ts';

const atOnce = 20;
const eventsAtOnce = 500;

/**
 * What the world does once the labels are bought: a person finds out what became of those that wait for one, parcels travel and
 * carriers report them, and the statements of both carriers are read. Resolves when nothing of it is owed.
 */
export async function playAftermath(database: Database, { client }: StageFleet, book: CarrierBook): Promise<void> {
  await settleParked(database, client, book);
  const bought = await database.query<{ tracking_id: string }>(
    `select tracking_id from label_purchases where state = 'purchased'`,
  );
  const parcels = bought.map(({ tracking_id }) => tracking_id);
  await inTurns(parcels, (trackingId) => book.deliver(trackingId));
  const happenedAt = new Date().toISOString();
  for (let from = 0; from < parcels.length; from += eventsAtOnce) {
    const events = parcels
      .slice(from, from + eventsAtOnce)
      .map((trackingId) => ({ kind: 'event' as const, trackingId, code: 'PickupDone' as const, happenedAt }));
    await client.call(routes.trackingEvents.reportTrackingEvents, { body: { events } });
  }
  await reconcileAll(client);
  await eventually('nothing is owed', async () => (await owedNow(database)) === 0, 300_000);
}

/** Has the statements of both carriers read. */
export async function reconcileAll(client: StageFleet['client']): Promise<void> {
  for (const carrierId of ['simulator-express', 'simulator-parcel'])
    await client.call(routes.ledger.reconcileCarrier, { params: { carrierId } });
}

const owedNow = async (database: Database): Promise<number> => {
  const [row] = await database.query<{ n: number }>(
    `select count(*)::int as n from messages where state = 'ready' and (due_at is null or due_at < now() + interval '1 minute')`,
  );
  return row!.n;
};

/** Looks into the carriers' book, as a person would ask them, and writes down what it says. */
async function settleParked(database: Database, client: StageFleet['client'], book: CarrierBook): Promise<void> {
  const charges = new Map((await book.charges()).map((charge) => [charge.reference, charge]));
  const parked = await database.query<{ id: LabelId }>(`select id from label_purchases where state = 'parked'`);
  await inTurns(parked, async ({ id: labelId }) => {
    const charge = charges.get(labelId);
    const body = charge
      ? {
          found: 'bought' as const,
          charge: { minor: charge.chargedMinor, currency: charge.currency },
          shipmentRef: charge.shipmentId,
          trackingId: charge.trackingId,
        }
      : { found: 'not_bought' as const };
    await client.call(routes.labels.resolveParkedLabel, { params: { labelId }, body });
  });
}

/** Some at once, so that thousands take seconds. */
async function inTurns<T>(items: readonly T[], act: (item: T) => Promise<unknown>): Promise<void> {
  const left = [...items].reverse();
  const workers = Array.from({ length: atOnce }, async () => {
    for (let next = left.pop(); next !== undefined; next = left.pop()) await act(next);
  });
  await Promise.all(workers);
}
