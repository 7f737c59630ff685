import { type CarrierStanding, goodStanding } from '@ge/domain';
import type { Database } from '../database.ts';
import { CarrierStandingEntity } from '../entities/index.ts';
import type { Transaction } from '../transaction.ts';
import { databaseTime } from './databaseTime.ts';

/** The carriers of which something bad was ever heard. */
export const readCarrierStandings = (tx: Transaction): Promise<CarrierStanding[]> =>
  tx.select(CarrierStandingEntity, 'order by t.carrier_id');

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
    await tx.insert(CarrierStandingEntity, [goodStanding(carrierId, await databaseTime(tx))], true);
    const [row] = await tx.lock(CarrierStandingEntity, [carrierId]);
    // After the lock: time passes while another process has it.
    const at = await databaseTime(tx);
    const decided = decide(row!, at);
    if (decided.standing !== row) await tx.update(CarrierStandingEntity, [decided.standing]);
    return { ...decided, at };
  });
