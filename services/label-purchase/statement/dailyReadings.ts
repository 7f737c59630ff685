import { reconcileCarrier as contract } from '@ge/contracts';
import {
  CarrierStatementEntity,
  type CarrierStatementRow,
  type Database,
  isReadingOwed,
  lockStatement,
  outgoing,
  startOperation,
} from '@ge/database';
import { readingDue } from '@ge/domain';
import { type Clock, describeFailure, pause, type ServiceContext } from '@ge/runtime';
import { Gauge } from 'prom-client';

/** How often it is looked whether a day has begun. */
const lookEveryMs = 60_000;

/**
 * Owes a reading of these carriers' statements where their day has begun (R17, R23): once for a carrier and a day, however many
 * ask at a time, by the same command as when a person asks. One that is still owed counts for the new day, too. A carrier that is
 * seen for the first time is read when the next day begins.
 * @param hour of UTC, at which days begin
 */
export async function oweReadings(
  database: Database,
  carrierIds: readonly string[],
  hour: number,
  now: Date,
): Promise<void> {
  const known = new Map((await statementsOf(database, carrierIds)).map((row) => [row.carrierId, row]));
  for (const carrierId of carrierIds) {
    const owedFor = known.get(carrierId)?.owedFor ?? null;
    if (readingDue(owedFor, hour, now) !== null) await oweReading(database, carrierId, hour, now);
  }
}

const oweReading = (database: Database, carrierId: string, hour: number, now: Date): Promise<void> =>
  database.transaction(async (tx) => {
    const statement = await lockStatement(tx, carrierId);
    // Somebody else may have been here since it was looked at.
    const day = readingDue(statement.owedFor, hour, now);
    if (day === null) return;
    await tx.update(CarrierStatementEntity, [{ ...statement, owedFor: day }], ['owedFor']);
    if (statement.owedFor === null || (await isReadingOwed(tx, carrierId))) return;
    const message = outgoing(contract, { payload: { carrierId }, sellerId: null });
    await startOperation(tx, { kind: contract.name, sellerId: null, now }, [message]);
  });

const statementsOf = (database: Database, carrierIds: readonly string[]): Promise<CarrierStatementRow[]> =>
  database.transaction((tx) => tx.find(CarrierStatementEntity, carrierIds));

/** Keeps the statements of these carriers read day by day until the service stops; `hour` null: only when somebody asks. */
export function keepStatementsRead(
  { database, clock, logger, registry, resources, stopping }: ServiceContext,
  carrierIds: readonly string[],
  hour: number | null,
): void {
  registerStatementAge(registry, { database, clock }, carrierIds);
  if (hour === null) return;
  const run = async () => {
    while (!stopping.aborted) {
      await oweReadings(database, carrierIds, hour, clock.now()).catch((error: unknown) =>
        logger.warn({ failure: describeFailure(error) }, 'the reading of statements could not be owed'),
      );
      await pause(lookEveryMs, stopping);
    }
  };
  const running = run();
  resources.add('daily readings', () => running);
}

/** How long ago each statement was read to its end; of one that never was, how long ago the carrier was seen first. */
function registerStatementAge(
  registry: ServiceContext['registry'],
  { database, clock }: { readonly database: Database; readonly clock: Clock },
  carrierIds: readonly string[],
): void {
  new Gauge({
    name: 'ge_statement_age_seconds',
    help: 'Time since the statement of a carrier was read to its end',
    labelNames: ['carrier'],
    registers: [registry],
    async collect() {
      const read = await statementsOf(database, carrierIds).catch(() => []);
      this.reset();
      const now = clock.now().getTime();
      for (const { carrierId, readAt, since } of read)
        this.set({ carrier: carrierId }, Math.max(0, now - (readAt ?? since).getTime()) / 1_000);
    },
  });
}
