import type { Database } from '@ge/database';
import { eventually } from './eventually.ts';

/** Waits until nothing is owed any more: no message ready, due or not. Dead ones stay. */
export async function drained(database: Database, withinMs = 60_000): Promise<void> {
  await eventually(
    'every message settled',
    async () => {
      const rows = await database.query<{ owed: string }>(
        `select count(*) as owed from messages where state = 'ready'`,
      );
      return Number(rows[0]!.owed) === 0;
    },
    withinMs,
  );
}
