import { type Client, createClient, type Scope } from '@ge/api';
import { ApiKeyEntity, type Database, newId } from '@ge/database';
import type { OperatorRole, SellerId } from '@ge/domain';
import type { QueueSpace } from '@ge/queue';
import { createLogger, createRegistry } from '@ge/runtime';
import { testDatabase, testSpace } from '@ge/testkit';
import type { Registry } from 'prom-client';
import { config } from '../config.ts';
import { hashOfKey } from '../http/access.ts';
import { openGateway } from '../http/openGateway.ts';
import { probingFetch, usedIdempotencyKey } from './probingFetch.ts';
import { watchAppends } from './watchAppends.ts';

export const enrollmentSecret = 'a-secret-that-is-only-good-for-tests';

export interface TestGateway {
  readonly baseUrl: string;
  readonly database: Database;
  readonly databaseUrl: string;
  readonly space: QueueSpace;
  /** The programme's time; tests move it. */
  readonly clock: { now(): Date; set(to: Date): void };
  readonly operator: Client;
  readonly producer: Client;
  readonly operatorKey: string;
  /** What it counts. */
  readonly registry: Registry;
  /** A client with a new key of that scope. */
  clientOf(scope: Scope, sellerId?: string, operations?: readonly string[], role?: OperatorRole): Promise<Client>;
  /** An operator key is an admin's unless told. */
  keyOf(scope: Scope, sellerId?: string, operations?: readonly string[], role?: OperatorRole): Promise<string>;
  /** Another process's gateway on the same database and Redis. */
  another(
    env?: Readonly<Record<string, string>>,
  ): Promise<{ baseUrl: string; operator: Client; close(): Promise<void> }>;
  close(): Promise<void>;
}

/** A gateway with a database of its own on a free port. */
export async function startGateway(
  env: Readonly<Record<string, string>> = {},
  redis: Partial<QueueSpace> = {},
): Promise<TestGateway> {
  watchAppends();
  const { database, url, drop } = await testDatabase();
  const space = { ...testSpace(), ...redis };
  const operatorKey = `operator-${crypto.randomUUID()}`;
  let now: Date | null = null;
  const clock = {
    now: () => now ?? new Date(),
    set: (to: Date) => {
      now = to;
    },
  };
  const registry = createRegistry('gateway');
  const open = (over: Readonly<Record<string, string>>, registry = createRegistry('gateway')) =>
    openGateway({
      config: config.parse({
        DATABASE_URL: url,
        REDIS_URL: space.redisUrl,
        PORT: '0',
        OPERATOR_KEY: operatorKey,
        ENROLLMENT_SECRETS: enrollmentSecret,
        CARRIER_URL: 'http://carrier.invalid',
        CARRIER_API_KEY: 'unused',
        // Whole files of tests are refused from one address.
        RATE_LIMIT_STRANGERS: '100000',
        ...env,
        ...over,
      }),
      database,
      space,
      clock,
      logger: createLogger('gateway', 'silent'),
      registry,
    });
  const gateway = await open({}, registry);
  const urlOf = ({ port }: { readonly port: number }) => `http://127.0.0.1:${port}`;
  const baseUrl = urlOf(gateway);
  const probing = probingFetch();
  const useKeys = () =>
    database.query(
      `insert into idempotency_keys (api_key_id, key, request_hash, status)
       select id, $1, '-', 200 from api_keys on conflict do nothing`,
      [usedIdempotencyKey],
    );
  await useKeys();
  const keyOf = async (
    scope: Scope,
    sellerId?: string,
    operations: readonly string[] = [],
    as: OperatorRole = 'admin',
  ) => {
    const key = `${scope}-${crypto.randomUUID()}`;
    const role = scope === 'operator' ? as : null;
    const row = { scope, role, operations, label: 'test', createdAt: new Date(), revokedAt: null };
    await database.transaction((tx) =>
      tx.insert(ApiKeyEntity, [
        { ...row, id: newId('key'), hash: hashOfKey(key), sellerId: (sellerId ?? null) as SellerId | null },
      ]),
    );
    await useKeys();
    return key;
  };
  const clientOf = async (...of: Parameters<typeof keyOf>) =>
    createClient({ baseUrl, apiKey: await keyOf(...of), locale: 'en-US', fetch: probing });
  return {
    baseUrl,
    database,
    databaseUrl: url,
    space,
    clock,
    operatorKey,
    registry,
    operator: createClient({ baseUrl, apiKey: operatorKey, locale: 'en-US', fetch: probing }),
    producer: await clientOf('producer'),
    clientOf,
    keyOf,
    another: async (over = {}) => {
      const other = await open(over);
      const at = { baseUrl: urlOf(other) };
      return {
        ...at,
        operator: createClient({ ...at, apiKey: operatorKey, locale: 'en-US' }),
        close: () => other.close(),
      };
    },
    close: async () => {
      await gateway.close();
      await drop();
    },
  };
}
