import type { Database } from '@ge/database';

interface Client {
  query(...args: unknown[]): unknown;
}
interface Pool {
  on(event: 'acquire', listener: (client: Client) => void): void;
}

/**
 * Counts what goes to PostgreSQL from now on, one round trip each. Returns how many there were so far.
 * @param counts which statements are counted, by their text; all unless told
 */
export async function countStatements(
  database: Database,
  counts: (text: string) => boolean = () => true,
): Promise<() => number> {
  let count = 0;
  const connection = database.orm.em.getConnection() as unknown as { getNativeClient(): Promise<Pool> };
  const known = new WeakSet<Client>();
  (await connection.getNativeClient()).on('acquire', (client) => {
    if (known.has(client)) return;
    known.add(client);
    const query = client.query.bind(client);
    client.query = (...args) => {
      if (counts(String(args[0]))) count += 1;
      return query(...args);
    };
  });
  return () => count;
}
