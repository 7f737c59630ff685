import { createHash } from 'node:crypto';
import { ApiKeyEntity, newId, openDatabase } from '@ge/database';

/**
 * Makes sure a local database knows the fleet's operator key. The gateway takes it in only where there is none yet;
 * when the secrets of a fleet were lost and drawn anew while its data stayed, its operator would be locked out.
 * Only the SHA-256 (hex) is stored; a key that was revoked stays revoked.
 */
export async function ensureOperatorKey(databaseUrl: string, operatorKey: string): Promise<void> {
  const hash = createHash('sha256').update(operatorKey).digest('hex');
  const database = await openDatabase({ url: databaseUrl, applicationName: 'ge-up', poolSize: 1 });
  try {
    await database.transaction((tx) =>
      tx.insert(
        ApiKeyEntity,
        [
          {
            id: newId('key'),
            hash,
            scope: 'operator',
            role: 'admin',
            sellerId: null,
            operations: [],
            label: 'first operator key',
          },
        ],
        true,
      ),
    );
  } finally {
    await database.close();
  }
}
