import type { Database } from '@ge/database';
import { EndedBeforeReady, type ServiceProcess } from './serviceProcess.ts';

/**
 * Starts one process after another that dies at the failpoint (`batch.saved`, or `batch.saved@apply-feed` for one job),
 * and at last one that lives. A job whose turn to kill comes later is held back until then, so that no process has done
 * it before. Rejects where a process ends otherwise.
 */
export async function startAfterDeaths(
  database: Database,
  failpoints: readonly string[],
  start: (env: Readonly<Record<string, string>>) => Promise<ServiceProcess>,
): Promise<void> {
  const jobs = failpoints.map((failpoint) => failpoint.split('@')[1] ?? '');
  for (const [turn, failpoint] of failpoints.entries()) {
    await release(database, jobs[turn]!);
    await holdBack(
      database,
      jobs.slice(turn + 1).filter((job) => job !== jobs[turn]),
    );
    const victim = await start({ GE_FAILPOINT: failpoint }).catch((error: unknown) => {
      // What is owed brought it there before it could say that it was ready.
      if (error instanceof EndedBeforeReady && error.signal === 'SIGKILL') return null;
      throw error;
    });
    await victim?.ended;
    if (victim && victim.process.signalCode !== 'SIGKILL')
      throw new Error(`did not die at ${failpoint}: ${JSON.stringify(victim.log)}`);
  }
  await start({});
}

const holdBack = (database: Database, jobs: readonly string[]) =>
  database.query(
    `update messages set due_at = 'infinity' where name = any($1::text[]) and (due_at is null or due_at <= now())`,
    [jobs],
  );

const release = (database: Database, job: string) =>
  database.query(`update messages set due_at = now() where name = $1 and due_at = 'infinity'`, [job]);

/**
 * Of the deaths a worker may die, the most telling ones first: `few` of them, and all under `ge test --deep`. The default
 * run does not miss the others: test/chaos kills every worker at every one of its places under one load.
 */
export const deathsTried = <Death>(deaths: readonly Death[], few = 1): readonly Death[] =>
  process.env.GE_DEEP ? deaths : deaths.slice(0, few);
