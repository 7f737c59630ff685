import type { Database } from '@ge/database';
import type { Delivery } from '@ge/queue';
import {
  type AnyHandler,
  BatchMetrics,
  type Clock,
  createLogger,
  createRegistry,
  DatabaseRunner,
  EffectRunner,
  Gate,
  isEffectHandler,
  type RunnerContext,
  systemClock,
} from '@ge/runtime';
import { countStatements } from './statements.ts';
import { testDatabase } from './testDatabase.ts';

/** What a runner gets from its service, for tests that hand it deliveries themselves. */
export const runnerContext = (database: Database, clock: Clock = systemClock): RunnerContext => ({
  database,
  clock,
  logger: createLogger('test', 'silent'),
  metrics: new BatchMetrics(createRegistry('test')),
  gate: new Gate(),
  stopping: new AbortController().signal,
  batchesInFlight: 3,
  lingerMs: 3,
});

/** Remembers how many jobs were in each batch. */
class BatchSizes extends BatchMetrics {
  readonly sizes: number[] = [];

  override batch(...[contract, deliveries, ms]: Parameters<BatchMetrics['batch']>): void {
    this.sizes.push(deliveries.length);
    super.batch(contract, deliveries, ms);
  }
}

/**
 * Makes calls wait for one another: each resolves once `count` of them have been made, all in one turn of the event loop,
 * so that their answers share a batch too.
 */
export function answeredTogether<Asked extends unknown[], Answer>(
  call: (...asked: Asked) => Promise<Answer>,
  count: number,
): (...asked: Asked) => Promise<Answer> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let answered = 0;
  return async (...asked) => {
    const answer = await call(...asked);
    answered += 1;
    if (answered >= count) resolve();
    await promise;
    return answer;
  };
}

/** Jobs of one handler that are owed in a database, and what tells how they ended. */
export interface OwedJobs<Left> {
  readonly handler: AnyHandler;
  readonly clock?: Clock;
  /** What the jobs left behind, but for ids and times of their own making. */
  readonly left: () => Promise<Left>;
  readonly close?: () => Promise<void>;
}

/**
 * Runs the jobs that `owe` puts into an empty database all in one batch, and in another database one after another.
 * Returns what both left behind. Throws where they do not end, where there was no batch of several, and where a batch of
 * several made more round trips than a job alone.
 */
export async function inOneBatchAndInTurn<Left>(
  owe: (database: Database, together: boolean) => Promise<OwedJobs<Left>>,
): Promise<{ readonly inOneBatch: Left; readonly inTurn: Left }> {
  const [inOneBatch, inTurn] = await Promise.all(
    [true, false].map(async (together) => {
      const { database, drop } = await testDatabase(4);
      const { handler, clock, left, close } = await owe(database, together);
      try {
        const { sizes, statements } = await runOwed(database, handler, together, clock);
        const [first, second] = sizes;
        if (together ? first! < 2 : second === undefined) throw new Error('there were no two jobs');
        return { left: await left(), mostStatements: Math.max(...statements) };
      } finally {
        await close?.();
        await drop();
      }
    }),
  );
  // One more at most: jobs of a batch may take different ways, which a job alone does not.
  if (inOneBatch!.mostStatements > inTurn!.mostStatements + 1)
    throw new Error(
      `${inOneBatch!.mostStatements} round trips for several jobs, ${inTurn!.mostStatements} for one: some are made for each job`,
    );
  return { inOneBatch: inOneBatch!.left, inTurn: inTurn!.left };
}

const rounds = 50;

/**
 * Runs what is owed of one job with the handler's own runner, without any queue, until none of it is due within a minute:
 * all that is owed at a time in one batch, or each message in a batch of its own. Returns the sizes of the batches.
 */
export async function runOwed(
  database: Database,
  handler: AnyHandler,
  together = false,
  clock: Clock = systemClock,
): Promise<{ readonly sizes: readonly number[]; readonly statements: readonly number[] }> {
  const counted = await countStatements(database);
  const statements: number[] = [];
  const counting = async (work: () => Promise<unknown>) => {
    const before = counted();
    await work();
    statements.push(counted() - before);
  };
  const metrics = new BatchSizes(createRegistry('test'));
  const context = { ...runnerContext(database, clock), metrics };
  const runner = isEffectHandler(handler) ? new EffectRunner(context, handler) : new DatabaseRunner(context, handler);
  for (let round = 0; round < rounds; round += 1) {
    const deliveries = await dueDeliveries(database, handler.contract.name, clock);
    if (deliveries.length === 0) return { sizes: metrics.sizes, statements };
    // Those that arrive in one turn of the event loop share a batch.
    if (together) await counting(() => Promise.all(deliveries.map((delivery) => runner.handle(delivery))));
    else for (const delivery of deliveries) await counting(() => runner.handle(delivery));
  }
  throw new Error(`still owed after ${rounds} rounds`);
}

async function dueDeliveries(database: Database, name: string, clock: Clock): Promise<Delivery[]> {
  await database.query(
    `update messages set due_at = null where name = $1 and state = 'ready' and due_at <= $2::timestamptz + interval '1 minute'`,
    [name, clock.now()],
  );
  const rows = await database.query<{ id: string; gen: number; seller_id: string }>(
    `select id, gen, seller_id from messages where name = $1 and state = 'ready' and due_at is null order by id`,
    [name],
  );
  return rows.map(({ id, gen, seller_id: s }) => ({
    name,
    pointer: { id: Number(id), gen },
    data: { s },
    wasAbandoned: false,
    sentAt: Date.now(),
    waitedMs: 0,
  }));
}
