import { createClient, routes } from '@ge/api';
import { eventually, type ServiceProcess, startService, type TestDatabase, testDatabase, testSpace } from '@ge/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generatedFeed } from './generatedFeed.ts';
import { refusedWith } from './refusedWith.ts';
import { importSeller } from './sellers.ts';
import { enrollmentSecret } from './startGateway.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.drop());

const space = testSpace();

async function start(env: Record<string, string> = {}, execArgv: readonly string[] = []) {
  const service = await startService('gateway', {
    databaseUrl: database.url,
    space,
    execArgv,
    env: {
      PORT: '0',
      ENROLLMENT_SECRETS: enrollmentSecret,
      CARRIER_URL: 'http://carrier.invalid',
      CARRIER_API_KEY: 'unused',
      ...env,
    },
  });
  const port = service.log.find(({ msg }) => msg === 'listening')?.port;
  return { service, baseUrl: `http://127.0.0.1:${port}` };
}

const ask = (baseUrl: string, apiKey: string) => createClient({ baseUrl, apiKey }).call(routes.sellers.listSellers);

const MiB = 1024 ** 2;
const watchMemory = ['--expose-gc', '--import', import.meta.resolve('./livingMemory.ts')];

/** The most bytes that lived in the process at once since the last time this was asked. */
async function livedAtMost({ process, log }: ServiceProcess): Promise<number> {
  const told = () => log.filter(({ msg }) => msg === 'living memory');
  const before = told().length;
  process.kill('SIGUSR2');
  return Number((await eventually('a look at the memory', () => told()[before])).bytes);
}

describe('the gateway as a process', () => {
  it('keeps the first operator key it is given, none after it, and none unasked', async () => {
    const first = `operator-${crypto.randomUUID()}`;
    const second = `operator-${crypto.randomUUID()}`;
    const closed = await start();
    expect((await refusedWith(ask(closed.baseUrl, first))).code).toBe('http.unauthorized');
    await closed.service.stop();
    for (const key of [first, second, first]) {
      const { service, baseUrl } = await start({ OPERATOR_KEY: key });
      expect((await ask(baseUrl, first)).items).toEqual([]);
      expect((await refusedWith(ask(baseUrl, second))).code).toBe('http.unauthorized');
      await service.stop();
      expect(await service.ended).toBe(0);
    }
  });

  it('lets what is under way finish when it is told to stop, and logs nothing that a person wrote', async () => {
    const key = `operator-${crypto.randomUUID()}`;
    await database.database.query('delete from api_keys');
    const { service, baseUrl } = await start({ OPERATOR_KEY: key });
    const client = createClient({ baseUrl, apiKey: key });
    const { sellerId } = await importSeller(client, { name: 'Very Private', email: 'private@example.com' });
    // The lock keeps the request under way until the process has been told to stop.
    let answered: Promise<unknown> = Promise.resolve();
    await database.database.transaction(async (tx) => {
      await tx.query('select 1 from sellers where id = $1 for update', [sellerId]);
      answered = client.call(routes.regions.setAutoApply, { params: { sellerId }, body: { autoApply: true } });
      await expect
        .poll(async () => {
          const rows = await database.database.query(
            `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
          );
          return rows.length;
        })
        .toBeGreaterThan(0);
      service.process.kill('SIGTERM');
      await expect.poll(() => service.log.some(({ msg }) => msg === 'stopping')).toBe(true);
    });
    expect(await answered).toEqual({ autoApply: true });
    expect(await service.ended, service.said()).toBe(0);
    const log = JSON.stringify(service.log);
    for (const secret of ['Very Private', 'private@example.com', key, sellerId]) expect(log).not.toContain(secret);
    expect(log).toContain('"route":"regions.setAutoApply"');
  });

  it('takes in and gives back 50 MiB without ever holding half of it', async () => {
    const key = `operator-${crypto.randomUUID()}`;
    await database.database.query('delete from api_keys');
    const { service, baseUrl } = await start({ OPERATOR_KEY: key }, watchMemory);
    const client = createClient({ baseUrl, apiKey: key });
    const { sellerId } = await importSeller(client);
    const before = await livedAtMost(service);
    const { feedId, size } = await client.call(routes.feeds.uploadFeed, {
      params: { sellerId },
      query: { type: 'inventory-loader' },
      upload: { bytes: generatedFeed(50), mediaType: 'text/plain' },
    });
    expect(size).toBe(50 * MiB);
    expect((await livedAtMost(service)) - before).toBeLessThan(25 * MiB);
    const original = await client.send(routes.feeds.downloadFeed, { params: { feedId } });
    expect((await original.body.arrayBuffer()).byteLength).toBe(size);
    expect((await livedAtMost(service)) - before).toBeLessThan(25 * MiB);
    await service.stop();
  });
});
