import type { Database } from '../database.ts';
import { ApiKeyEntity, IdempotencyKeyEntity } from '../entities/index.ts';
import type { RowOf } from '../rows/table.ts';
import type { Transaction } from '../transaction.ts';

export type ApiKeyRow = RowOf<typeof ApiKeyEntity>;

/** Revoked keys stop at that moment of the database's clock; one that was rotated may have some time left. */
const inForce = '(t.revoked_at is null or t.revoked_at > now())';

/** The key with that SHA-256 (hex) unless it is revoked. */
export async function findApiKey(database: Database, hash: string): Promise<ApiKeyRow | null> {
  const rows = await database.transaction((tx) => tx.select(ApiKeyEntity, `where t.hash = $1 and ${inForce}`, [hash]));
  return rows[0] ?? null;
}

/** The key with that id unless it is revoked: what a session stands on. */
export async function findApiKeyById(database: Database, id: string): Promise<ApiKeyRow | null> {
  const rows = await database.transaction((tx) => tx.select(ApiKeyEntity, `where t.id = $1 and ${inForce}`, [id]));
  return rows[0] ?? null;
}

/** Makes the first operator's key; nothing happens where an operator key is in force. Safe from several processes at once. */
export async function ensureOperatorKey(database: Database, key: ApiKeyRow): Promise<boolean> {
  return database.transaction(async (tx) => {
    await tx.query("select pg_advisory_xact_lock(hashtext('api_keys.first_operator'))");
    const known = await tx.query(`select 1 from api_keys where scope = 'operator' and revoked_at is null limit 1`);
    if (known.length > 0) return false;
    return (await tx.insert(ApiKeyEntity, [key], true)) === 1;
  });
}

/** What was answered under an idempotency key before. */
export interface KeptAnswer {
  readonly requestHash: string;
  readonly status: number;
  readonly answer: unknown;
}

/**
 * Takes an idempotency key for this transaction, or says what was answered under it. A request under the same key that
 * is still running is waited for (`lock_timeout` ends the wait).
 */
export async function takeIdempotencyKey(
  tx: Transaction,
  request: { readonly apiKeyId: string; readonly key: string; readonly requestHash: string; readonly now: Date },
): Promise<KeptAnswer | null> {
  const { apiKeyId, key, requestHash, now } = request;
  const row = { apiKeyId, key, requestHash, status: null, answer: null, createdAt: now };
  if ((await tx.insert(IdempotencyKeyEntity, [row], true)) === 1) return null;
  const rows = await tx.select(IdempotencyKeyEntity, 'where t.api_key_id = $1 and t.key = $2', [apiKeyId, key]);
  const kept = rows[0]!;
  return { requestHash: kept.requestHash, status: kept.status ?? 500, answer: kept.answer };
}

/** What was answered under an idempotency key, or null; takes nothing. */
export async function findKeptAnswer(database: Database, apiKeyId: string, key: string): Promise<KeptAnswer | null> {
  const rows = await database.transaction((tx) => tx.find(IdempotencyKeyEntity, [[apiKeyId, key]]));
  const kept = rows[0];
  return kept ? { requestHash: kept.requestHash, status: kept.status ?? 500, answer: kept.answer } : null;
}

/** Writes the answer beside the key, in the transaction of the write itself. */
export async function keepAnswer(
  tx: Transaction,
  apiKeyId: string,
  key: string,
  answer: { readonly status: number; readonly body: unknown },
): Promise<void> {
  await tx.query('update idempotency_keys set status = $3, answer = $4::jsonb where api_key_id = $1 and key = $2', [
    apiKeyId,
    key,
    answer.status,
    JSON.stringify(answer.body ?? null),
  ]);
}

/** One page of all keys, revoked ones among them, oldest first. */
export const apiKeysPage = (
  tx: Transaction,
  wanted: { readonly after: string | null; readonly limit: number },
): Promise<ApiKeyRow[]> =>
  tx.select(ApiKeyEntity, 'where t.id > $1 order by t.id limit $2', [wanted.after ?? '', wanted.limit]);

/**
 * Revokes a key in `graceSeconds` by the database's clock, never later than it was revoked for before. Returns it as it was
 * and as it is; null where there is none.
 */
export async function revokeApiKey(
  tx: Transaction,
  id: string,
  graceSeconds = 0,
): Promise<{ readonly before: ApiKeyRow; readonly after: ApiKeyRow } | null> {
  const [before] = await tx.lock(ApiKeyEntity, [id]);
  if (!before) return null;
  await tx.query(`update api_keys set revoked_at = least(revoked_at, now() + $2 * interval '1 second') where id = $1`, [
    id,
    graceSeconds,
  ]);
  const [after] = await tx.find(ApiKeyEntity, [id]);
  return { before, after: after! };
}
