import { type CarrierStanding, goodStanding, type KnownStandings } from '@ge/domain';
import type { Database } from '../database.ts';
import { CarrierStandingEntity } from '../entities/index.ts';
import type { Transaction } from '../transaction.ts';
import { databaseTime } from './databaseTime.ts';

/** The carriers of which something bad was ever heard. */
const readCarrierStandings = (tx: Transaction): Promise<CarrierStanding[]> =>
  tx.select(CarrierStandingEntity, 'order by t.carrier_id');

/** The same, by carrier. */
export const standingsByCarrier = async (tx: Transaction): Promise<KnownStandings> =>
  new Map((await readCarrierStandings(tx)).map((standing) => [standing.carrierId, standing]));

/** All of them, and what the database's clock says: by it standings are judged. */
export const seeCarrierStandings = (
  database: Database,
): Promise<{ readonly standings: readonly CarrierStanding[]; readonly at: Date }> =>
  database.transaction(async (tx) => ({ standings: await readCarrierStandings(tx), at: await databaseTime(tx) }));

/**
 * Judges a carrier anew by what `decide` makes of its standing at the database's time; the row is made where there is none, and
 * nobody else decides meanwhile. Returns what `decide` did.
 */
export const judgeCarrier = <T>(
  database: Database,
  carrierId: string,
  decide: (standing: CarrierStanding, at: Date) => { readonly standing: CarrierStanding; readonly result: T },
): Promise<{ readonly standing: CarrierStanding; readonly result: T; readonly at: Date }> =>
  database.transaction(async (tx) => {
    const { before, at } = await lockStanding(tx, carrierId);
    const decided = decide(before, at);
    if (decided.standing !== before) await tx.update(CarrierStandingEntity, [decided.standing]);
    return { ...decided, at };
  });

/** Makes of a carrier's standing what `change` says, in a transaction of the caller's. */
export async function changeStanding(
  tx: Transaction,
  carrierId: string,
  change: (standing: CarrierStanding, at: Date) => CarrierStanding,
): Promise<{ readonly before: CarrierStanding; readonly after: CarrierStanding }> {
  const { before, at } = await lockStanding(tx, carrierId);
  const after = change(before, at);
  if (after !== before) await tx.update(CarrierStandingEntity, [after]);
  return { before, after };
}

async function lockStanding(tx: Transaction, carrierId: string): Promise<{ before: CarrierStanding; at: Date }> {
  await tx.insert(CarrierStandingEntity, [goodStanding(carrierId, await databaseTime(tx))], true);
  const [row] = await tx.lock(CarrierStandingEntity, [carrierId]);
  // After the lock: time passes while another process has it.
  return { before: row!, at: await databaseTime(tx) };
}
