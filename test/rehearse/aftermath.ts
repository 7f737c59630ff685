import { routes } from '@ge/api';
import type { LabelId } from '@ge/domain';
import { eventually } from '@ge/testkit';
import type { Stage } from './stage.ts';

const atOnce = 20;
const eventsAtOnce = 500;

/**
 * What the world does once the labels are bought: a person finds out what became of those that wait for one, parcels travel and
 * carriers report them, and the statements of both carriers are read. Resolves when nothing of it is owed.
 */
export async function playAftermath(stage: Stage): Promise<void> {
  await settleParked(stage);
  const bought = await stage.database.query<{ tracking_id: string }>(
    `select tracking_id from label_purchases where state = 'purchased'`,
  );
  const parcels = bought.map(({ tracking_id }) => tracking_id);
  await inTurns(parcels, (trackingId) => stage.book.deliver(trackingId));
  const happenedAt = new Date().toISOString();
  for (let from = 0; from < parcels.length; from += eventsAtOnce) {
    const events = parcels
      .slice(from, from + eventsAtOnce)
      .map((trackingId) => ({ kind: 'event' as const, trackingId, code: 'PickupDone' as const, happenedAt }));
    await stage.client.call(routes.trackingEvents.reportTrackingEvents, { body: { events } });
  }
  for (const carrierId of ['simulator-express', 'simulator-parcel'])
    await stage.client.call(routes.ledger.reconcileCarrier, { params: { carrierId } });
  await eventually('nothing is owed', async () => (await owedNow(stage)) === 0, 300_000);
}

const owedNow = async ({ database }: Stage): Promise<number> => {
  const [row] = await database.query<{ n: number }>(
    `select count(*)::int as n from messages where state = 'ready' and (due_at is null or due_at < now() + interval '1 minute')`,
  );
  return row!.n;
};

/** Looks into the carriers' book, as a person would ask them, and writes down what it says. */
async function settleParked(stage: Stage): Promise<void> {
  const charges = new Map((await stage.book.charges()).map((charge) => [charge.reference, charge]));
  const parked = await stage.database.query<{ id: LabelId }>(`select id from label_purchases where state = 'parked'`);
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
    await stage.client.call(routes.labels.resolveParkedLabel, { params: { labelId }, body });
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
