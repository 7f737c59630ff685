import type { Database } from '../database.ts';

/** How far the programme's clock is moved from the real one, in milliseconds: demo and tests let days pass by it. */
export async function readClockOffset(database: Database): Promise<number> {
  const rows = await database.query<{ offset: string }>('select clock_offset_ms as offset from programme where id = 1');
  return Number(rows[0]?.offset ?? 0);
}
