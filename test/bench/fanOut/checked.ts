import type { Database } from '@ge/database';

/** What templates have to show after a change of all that a `where` names. */
export interface Shown {
  readonly where: string;
  readonly excludedDestinations?: readonly string[];
  readonly suspendedDestinations?: readonly string[];
}

/**
 * Runs a change that is to reach every GE-enabled template `where` names, on a table whose dead rows were cleared away
 * and with nothing left for the server to write meanwhile but what the change itself makes.
 * @throws Error unless each of them was changed exactly once and shows what is wanted, and no other was touched
 */
export async function checked<T>(database: Database, shown: Shown, change: () => Promise<T>): Promise<T> {
  await database.query('vacuum analyze shipping_templates');
  await database.query('checkpoint');
  const look = async () => {
    const { where, excludedDestinations = null, suspendedDestinations = null } = shown;
    const [found] = await database.query<{ touched: string; reached: string; showing: string }>(
      `select sum(version) as touched, count(*) filter (where ${where}) as reached,
              count(*) filter (where ${where} and excluded_destinations = coalesce($1, excluded_destinations)
                                 and suspended_destinations = coalesce($2, suspended_destinations)) as showing
         from shipping_templates`,
      [excludedDestinations, suspendedDestinations],
    );
    return found!;
  };
  const before = await look();
  const result = await change();
  const after = await look();
  if (Number(after.touched) - Number(before.touched) !== Number(after.reached) || after.showing !== after.reached)
    throw new Error(
      `of ${after.reached} templates ${after.showing} show the change, made ${Number(after.touched) - Number(before.touched)} times`,
    );
  return result;
}
