import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '@ge/database';
import { type AnyHandler, DatabaseRunner, EffectRunner, isEffectHandler } from '@ge/runtime';
import { runnerContext } from './oneBatch.ts';

interface OwedRow {
  readonly id: string;
  readonly gen: number;
  readonly name: string;
  readonly seller_id: string;
  readonly due: boolean;
}

/**
 * Carries out what is owed of these jobs in this process, without any queue: each message once it is due, those that are due
 * together in batches, until nothing is owed. For tests in which nobody is killed: no process has to be started.
 */
export async function workOff(database: Database, handlers: readonly AnyHandler[], withinMs = 60_000): Promise<void> {
  const context = runnerContext(database);
  const runners = new Map(
    handlers.map((handler) => [
      handler.contract.name as string,
      isEffectHandler(handler) ? new EffectRunner(context, handler) : new DatabaseRunner(context, handler),
    ]),
  );
  const deadline = performance.now() + withinMs;
  for (;;) {
    const owed = await database.query<OwedRow>(
      `select id, gen, name, seller_id, due_at is null or due_at <= now() as due from messages where state = 'ready' order by id`,
    );
    if (owed.length === 0) return;
    if (performance.now() > deadline) throw new Error(`still owed: ${JSON.stringify(owed)}`);
    const due = owed.filter((row) => row.due);
    if (due.length === 0) await wait(20);
    await database.query('update messages set due_at = null where id = any($1::bigint[])', [due.map(({ id }) => id)]);
    await Promise.all(
      due.map(({ id, gen, name, seller_id: s }) => {
        const runner = runners.get(name);
        if (!runner) throw new Error(`nobody here does ${name}`);
        const pointer = { id: Number(id), gen };
        return runner.handle({ name, pointer, data: { s }, wasAbandoned: false, sentAt: Date.now(), waitedMs: 0 });
      }),
    );
  }
}
