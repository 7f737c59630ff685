import type { Database } from '@ge/database';
import { failingConnection, type QueueSpace, Sender } from '@ge/queue';
import { type Clock, systemClock } from '@ge/runtime';
import { eventually } from './eventually.ts';

/**
 * Stands in for a relay that has lost its head: puts every pointer owed in this queue into all the spaces at once, again
 * and again, until nothing is owed. With a worker on each space every job is delivered twice at the same time. What is
 * due within a minute by `clock` is due now; what is due later stays owed and is not waited for.
 */
export async function deliverEverywhere(
  database: Database,
  spaces: readonly QueueSpace[],
  queue: string,
  clock: Clock = systemClock,
): Promise<void> {
  const outlets = spaces.map((space) => {
    const connection = failingConnection(space);
    return { sender: new Sender(space, queue, connection), connection };
  });
  try {
    await eventually(`every message of ${queue} settled`, async () => {
      const soon = new Date(clock.now().getTime() + 60_000);
      await database.query(`update messages set due_at = null where queue = $1 and state = 'ready' and due_at <= $2`, [
        queue,
        soon,
      ]);
      const rows = await database.query<{ id: string; gen: number; name: string; seller_id: string }>(
        `select id, gen, name, seller_id from messages where queue = $1 and state = 'ready' and due_at is null`,
        [queue],
      );
      const pointers = rows.map((row) => ({
        id: Number(row.id),
        gen: row.gen,
        name: row.name,
        sellerId: row.seller_id,
      }));
      await Promise.all(outlets.map(({ sender }) => sender.send(pointers)));
      const owed = await database.query(
        `select 1 from messages where queue = $1 and state = 'ready' and (due_at is null or due_at <= $2) limit 1`,
        [queue, soon],
      );
      return owed.length === 0;
    });
  } finally {
    for (const { sender, connection } of outlets) {
      await sender.close();
      connection.disconnect();
    }
  }
}
