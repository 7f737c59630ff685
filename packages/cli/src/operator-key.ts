import { createHash } from 'node:crypto';
import { ApiKeyEntity, type Database, findApiKey, newId, openDatabase } from '@ge/database';

/**
 * Makes sure a local database knows the fleet's operator key. The gateway takes it in only where there is none yet;
 * when the secrets of a fleet were lost and drawn anew while its data stayed, its operator would be locked out.
 * Only the SHA-256 (hex) is stored; a key that was revoked stays revoked.
 */
export async function ensureOperatorKey(databaseUrl: string, operatorKey: string): Promise<void> {
  const scope = { scope: 'operator' as const, role: 'admin' as const, sellerId: null };
  const key = { id: newId('key'), hash: hashOf(operatorKey), ...scope };
  await withDatabase(databaseUrl, (database) =>
    database.transaction((tx) =>
      tx.insert(ApiKeyEntity, [{ ...key, operations: [], label: 'first operator key' }], true),
    ),
  );
}

/** Whether the key opens anything: a database that others used before has operator keys of its own. */
export const isInForce = (databaseUrl: string, operatorKey: string): Promise<boolean> =>
  withDatabase(databaseUrl, async (database) => (await findApiKey(database, hashOf(operatorKey))) !== null);

const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');

async function withDatabase<T>(url: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase({ url, applicationName: 'ge-up', poolSize: 1 });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
