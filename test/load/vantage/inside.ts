import { auditFleet, lastCharge, takeBaseline } from '@ge/audit';
import type { Database } from '@ge/database';
import { DirectJobs } from '../fleet/directJobs.ts';
import type { FleetUnderLoad } from '../fleet/fleetUnderLoad.ts';
import { operationTimes } from '../fleet/phases.ts';
import { insertMarket } from '../market/insertMarket.ts';
import type { Market } from '../market/market.ts';
import type { Vantage, Waiting } from './vantage.ts';

/**
 * Inside an empty fleet of the flood's own: with its database and its Redis, where everything can be seen and rows can be
 * compared. @param run tells the orders of one flood from those of another
 */
export async function inside(
  { ledger }: FleetUnderLoad,
  { database, queues }: NonNullable<FleetUnderLoad['stores']>,
  { run, comparesRows }: { readonly run: number; readonly comparesRows: boolean },
): Promise<Vantage> {
  const direct = new DirectJobs(queues, database);
  const after = ledger && (await lastCharge(ledger));
  const begunAt = await databaseNow(database);
  let market: Market;
  return {
    direct,
    askEveryMs: 100,
    notVisible: [],
    openMarket: async (sellers) => {
      market = await insertMarket(database, sellers, run, new Date());
      return market;
    },
    // What a job with made-up facts does to rows, no model says: it is to be there, and to have taken effect once.
    beginAudit: (folder) => (comparesRows ? takeBaseline(database, folder, market.sellers) : Promise.resolve()),
    backlog: () => backlogByQueue(database),
    isOwing: async () => (await owedSoon(database)) + (await direct.waiting()) > 0,
    waits: () =>
      database.query<Waiting>(
        `select coalesce(wait_event_type || ' ' || wait_event, 'CPU') as what, count(*)::int as n from pg_stat_activity
          where application_name like 'ge-%' and application_name <> 'ge-flood' and state = 'active' group by 1`,
      ),
    redisUse: () => direct.used(),
    operationTimes: () => operationTimes(database, begunAt),
    audit: async ({ folder, poison, mayDie, onProgress }) =>
      auditFleet({
        ...{ database, folder, poison, mayDie, onProgress },
        ledger: ledger && { ...ledger, after: after! },
        now: await databaseNow(database),
      }),
    cleanUp: async () => null,
    close: () => direct.close(),
  };
}

async function backlogByQueue(database: Database): Promise<Record<string, number>> {
  const rows = await database.query<{ queue: string; n: number }>(
    `select queue, count(*)::int as n from messages where state = 'ready' and (due_at is null or due_at <= now()) group by queue`,
  );
  return Object.fromEntries(rows.map(({ queue, n }) => [queue, n]));
}

async function owedSoon(database: Database): Promise<number> {
  const rows = await database.query<{ n: number }>(
    `select count(*)::int as n from messages where state = 'ready' and (due_at is null or due_at <= now() + interval '10 minutes')`,
  );
  return rows[0]!.n;
}

async function databaseNow(database: Database): Promise<Date> {
  const rows = await database.query<{ now: string }>('select now()::text as now');
  return new Date(rows[0]!.now);
}
