import type { Transaction } from '../transaction.ts';

/** The database's own clock, by which leases are judged: the one clock that all processes share. */
export async function databaseTime(tx: Transaction): Promise<Date> {
  const rows = await tx.query<{ now: string | Date }>('select clock_timestamp() as now');
  return new Date(rows[0]!.now);
}
