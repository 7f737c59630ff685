import type { Database } from '../database.ts';

const tables = ['message_log', 'receipts'] as const;
const dayMs = 86_400_000;

/**
 * A change of the tables waits for everyone who reads them, and everyone who writes waits behind it: so it gives up soon,
 * and whoever keeps house comes again.
 */
const shortly = (database: Database, statement: string): Promise<void> =>
  database.transaction(async (tx) => {
    await tx.query(`set local lock_timeout = '1s'`);
    await tx.query(statement);
  });

/**
 * Makes the daily partitions of yesterday to the day after tomorrow, so that a day's history can be dropped as a whole.
 * A day without one lands in the `_rest` partition; a partition whose rows are there already is left unmade.
 */
export async function ensureHistoryPartitions(database: Database, now: Date): Promise<void> {
  for (const table of tables) {
    for (let offset = -1; offset <= 2; offset += 1) {
      const day = new Date(now.getTime() + offset * dayMs).toISOString().slice(0, 10);
      const next = new Date(now.getTime() + (offset + 1) * dayMs).toISOString().slice(0, 10);
      await shortly(
        database,
        `do $$ begin
           if to_regclass('${table}_${compact(day)}') is null and not exists (select from ${table}_rest where day = '${day}') then
             create table ${table}_${compact(day)} partition of ${table} for values from ('${day}') to ('${next}');
           end if;
         exception when duplicate_table or unique_violation or check_violation then null;
         end $$`,
      );
    }
  }
}

/** Drops the partitions of days that ended more than `days` ago, and what `_rest` holds of them. */
export async function dropOldHistory(database: Database, now: Date, days: number): Promise<void> {
  const oldest = new Date(now.getTime() - days * dayMs).toISOString().slice(0, 10);
  for (const table of tables) {
    const partitions = await database.query<{ name: string }>(
      `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = $1::regclass and c.relname ~ '_[0-9]{8}$'`,
      [table],
    );
    for (const { name } of partitions) {
      if (name.slice(-8) < compact(oldest)) await shortly(database, `drop table if exists "${name}"`);
    }
    await database.query(`delete from ${table}_rest where day < $1::date`, [oldest]);
  }
}

const compact = (day: string): string => day.replaceAll('-', '');
