import { routes } from '@ge/api';
import type { Database } from '@ge/database';
import type { LabelId } from '@ge/domain';
import { eventually } from '@ge/testkit';
import type { BookedCharge, CarrierBook } from './carrierBook.ts';
import { carrierIdOf } from './carriers.ts';
import type { CarrierName } from './faultScript.ts';
import { inTurns } from './inTurns.ts';
import type { StageFleet } from './stage.ts';

const eventsAtOnce = 500;

/** What the world goes by. */
export interface World {
  readonly database: Database;
  readonly fleet: StageFleet;
  readonly book: CarrierBook;
  readonly carriers: readonly CarrierName[];
}

/**
 * What the world does once the labels are bought: a person finds out what became of those that wait for one, parcels travel and
 * carriers report them, and the statements of those that give one are read. Resolves when nothing of it is owed.
 * @param charges the carriers' book by our labels
 */
export async function playAftermath(world: World, charges: readonly BookedCharge[]): Promise<void> {
  const { database, fleet, book, carriers } = world;
  const { client } = fleet;
  await settleParked(database, client, charges);
  // Of two labels of a parcel, which a refused void leaves, the later one travels.
  const bought = await database.query<{ tracking_id: string }>(
    `select distinct on (order_id, parcel_no) tracking_id from label_purchases
      where state in ('purchased', 'void_refused') order by order_id, parcel_no, created_at desc`,
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
  await reconcileAll(client, carriers);
  await eventually('nothing is owed', async () => (await owedNow(database)) === 0, 300_000);
}

/** Those that give a statement. */
export const withStatement = (carriers: readonly CarrierName[]): readonly CarrierName[] =>
  carriers.filter((carrier) => carrier !== 'easypost');

/** Has the statements of all carriers read that give one. */
export async function reconcileAll(client: StageFleet['client'], carriers: readonly CarrierName[]): Promise<void> {
  for (const carrier of withStatement(carriers))
    await client.call(routes.ledger.reconcileCarrier, { params: { carrierId: carrierIdOf[carrier] } });
}

const owedNow = async (database: Database): Promise<number> => {
  const [row] = await database.query<{ n: number }>(
    `select count(*)::int as n from messages where state = 'ready' and (due_at is null or due_at < now() + interval '1 minute')`,
  );
  return row!.n;
};

/** Looks into the carriers' book, as a person would ask them, and writes down what it says. */
async function settleParked(
  database: Database,
  client: StageFleet['client'],
  booked: readonly BookedCharge[],
): Promise<void> {
  const charges = new Map(booked.map((charge) => [charge.reference, charge]));
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
