import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { announceTaker as announce, type Database, withdrawTaker } from '@ge/database';
import { queueOfPart } from '@ge/queue';
import type { Resources } from './resources.ts';

const everyMs = 2_000;
/** A process that has died is believed to take jobs for so long. */
const believedMs = 10_000;
/** A stop waits no longer for a database that is away. */
const farewellMs = 1_000;

/**
 * Says in the database, for as long as the process takes jobs, from which of the names that its queues may be spread over:
 * `names` in BullMQ. The relay sends to no others.
 */
export async function announceTaker(database: Database, names: readonly string[], resources: Resources): Promise<void> {
  if (names.length === 0) return;
  const process = randomUUID();
  const byQueue = Map.groupBy(names, queueOfPart);
  const taken = [...byQueue].map(([queue, parts]) => ({ queue, names: parts.length }));
  const say = () => announce(database, process, taken, believedMs);
  await say();
  let saying = Promise.resolve();
  const timer = setInterval(() => {
    saying = saying.then(say).catch(() => undefined);
  }, everyMs);
  resources.add('announcement of what is taken', async () => {
    clearInterval(timer);
    const withdrawn = saying.then(() => withdrawTaker(database, process)).catch(() => undefined);
    await Promise.race([withdrawn, wait(farewellMs, undefined, { ref: false })]);
  });
}
