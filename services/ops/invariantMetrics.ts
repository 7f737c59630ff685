import { type Invariants, type OpenCount, pendingWithLabels, readInvariants, seeCarrierStandings } from '@ge/database';
import { type CarrierStanding, confirmByLabel, isCalledAsEver } from '@ge/domain';
import { describeFailure, type ServiceContext } from '@ge/runtime';
import { Gauge, type Registry } from 'prom-client';
import { freshly } from './freshly.ts';

interface Seen extends Invariants {
  /** Orders that a label bought over a minute ago should have confirmed (R18). */
  readonly unconfirmedOrders: number;
  /** Those of which something bad was ever heard. */
  readonly carriers: readonly CarrierStanding[];
}

type Looking = Pick<ServiceContext, 'database' | 'clock' | 'logger'>;

/** Looked at every ten seconds at most, and never for more than a tenth of the time. */
const leastMs = 10_000;

/** What should be none, few or young. Its series are absent while PostgreSQL does not answer. */
export function registerInvariantMetrics(registry: Registry, { database, clock, logger }: Looking): void {
  const read = freshly(() => look(database, clock), leastMs);
  const seenNow = () =>
    read().catch((error: unknown) => {
      logger.warn({ failure: describeFailure(error) }, 'the invariants could not be looked at');
      return null;
    });
  const registers = [registry];
  const gauge = (
    name: string,
    help: string,
    label: string | null,
    of: (seen: Seen) => Iterable<readonly [string, number]>,
  ) =>
    new Gauge({
      name,
      help,
      labelNames: label === null ? [] : [label],
      registers,
      async collect() {
        const seen = await seenNow();
        this.reset();
        for (const [value, count] of seen ? of(seen) : []) this.set(label === null ? {} : { [label]: value }, count);
        // A gauge without labels would say 0 for what nobody has looked at.
        if (!seen && label === null) this.remove();
      },
    });
  const counts = (open: ReadonlyMap<string, OpenCount>) => [...open].map(([name, { count }]) => [name, count] as const);
  const ages = (open: ReadonlyMap<string, OpenCount>) =>
    [...open].map(([name, { oldestSeconds }]) => [name, oldestSeconds] as const);

  gauge('ge_labels_open', 'Labels neither bought nor ended', 'state', ({ labels }) => counts(labels));
  gauge('ge_oldest_label_age_seconds', 'Age of the oldest open label', 'state', ({ labels }) => ages(labels));
  gauge('ge_charge_reclaims', 'Charges beside labels that carriers have yet to give back', 'state', ({ reclaims }) =>
    counts(reclaims),
  );
  gauge(
    'ge_carrier_open',
    'Whether a carrier is not called, as it is down or stopped by hand: 0',
    'carrier',
    ({ carriers }) => carriers.map(isOpen),
  );
  gauge('ge_carrier_stopped', 'Whether a carrier is stopped by hand', 'carrier', ({ carriers }) =>
    carriers.map(({ carrierId, stoppedAt }) => [carrierId, stoppedAt === null ? 0 : 1]),
  );
  gauge('ge_operations_open', 'Commands that go on', 'kind', ({ operations }) => counts(operations));
  gauge('ge_oldest_operation_age_seconds', 'Age of the oldest open command', 'kind', ({ operations }) =>
    ages(operations),
  );
  gauge('ge_operations_stranded', 'Open commands for which nothing is owed: 0', null, (seen) => [
    ['', seen.strandedOperations],
  ]);
  gauge('ge_orders_unconfirmed', 'Orders that their labels should have confirmed (R18): 0', null, (seen) => [
    ['', seen.unconfirmedOrders],
  ]);
  gauge('ge_templates_drifting', "Enabled templates behind their seller's region setting (R12)", null, (seen) => [
    ['', seen.driftingTemplates],
  ]);
  gauge(
    'ge_templates_unsuspended',
    'Enabled templates behind the suspensions with no fan-out owed (R13): 0',
    null,
    (seen) => [['', seen.unsuspendedTemplates]],
  );
}

/** 1 while a carrier is not called, or only to see whether it is back. */
const isOpen = (standing: CarrierStanding) => [standing.carrierId, isCalledAsEver(standing) ? 0 : 1] as const;

async function look(database: Looking['database'], clock: Looking['clock']): Promise<Seen> {
  const [invariants, pending, { standings }] = await Promise.all([
    readInvariants(database),
    pendingWithLabels(database),
    seeCarrierStandings(database),
  ]);
  const now = clock.now();
  const unconfirmed = pending.filter(({ order, labels }) => confirmByLabel(order, labels, now) !== order);
  return { ...invariants, unconfirmedOrders: unconfirmed.length, carriers: standings };
}
