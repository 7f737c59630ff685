import { routes } from '@ge/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusedWith } from './refusedWith.ts';
import { importSeller } from './sellers.ts';
import { startGateway, type TestGateway } from './startGateway.ts';

let gateway: TestGateway;
let sellerId: string;
beforeAll(async () => {
  gateway = await startGateway();
  ({ sellerId } = await importSeller(gateway.operator));
});
afterAll(() => gateway?.close());

describe('keys', () => {
  it('are shown once, work at once, and stop when they are revoked', async () => {
    const { operator } = gateway;
    const body = { scope: 'seller' as const, sellerId, label: 'desk' };
    const { key, id } = await operator.call(routes.apiKeys.createApiKey, { body });
    const read = () =>
      fetch(`${gateway.baseUrl}/v1/sellers/${sellerId}`, { headers: { authorization: `Bearer ${key}` } });
    expect((await read()).status).toBe(200);
    const listed = await operator.call(routes.apiKeys.listApiKeys);
    expect(listed.items.find((row) => row.id === id)).toMatchObject({ scope: 'seller', sellerId, revokedAt: null });
    expect(JSON.stringify(listed)).not.toContain(key);
    await operator.call(routes.apiKeys.revokeApiKey, { params: { keyId: id } });
    await expect.poll(async () => (await read()).status, { timeout: 5_000, interval: 100 }).toBe(401);
  });

  it('of operators allow what their role does: looking, writing, or handing out keys', async () => {
    const { operator } = gateway;
    const statusesOf = async (role?: 'viewer' | 'operator' | 'admin') => {
      const body = { scope: 'operator' as const, label: 'x', ...(role && { role }) };
      const made = await operator.call(routes.apiKeys.createApiKey, { body });
      const send = (method: string, path: string) =>
        fetch(gateway.baseUrl + path, { method, headers: { authorization: `Bearer ${made.key}` } });
      const answers = [
        await send('GET', '/v1/sellers'),
        await send('POST', '/v1/suspensions'),
        await send('POST', '/v1/api-keys'),
      ];
      return [made.role, ...answers.map(({ status }) => (status === 403 ? 'closed' : 'open'))];
    };
    expect(await statusesOf()).toEqual(['viewer', 'open', 'closed', 'closed']);
    expect(await statusesOf('operator')).toEqual(['operator', 'open', 'open', 'closed']);
    expect(await statusesOf('admin')).toEqual(['admin', 'open', 'open', 'open']);
  });

  it('are kept as hashes only', async () => {
    const rows = await gateway.database.query<{ text: string }>(
      'select api_keys::text as text from api_keys union all select idempotency_keys::text from idempotency_keys',
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const { text } of rows) expect(text).not.toContain(gateway.operatorKey);
  });

  it('may be limited to operations that exist, and a seller key to a seller that does', async () => {
    const { operator } = gateway;
    const create = (body: object) =>
      refusedWith(operator.call(routes.apiKeys.createApiKey, { body: { label: 'x', ...body } as never }));
    expect((await create({ scope: 'producer', operations: ['orders.invent'] })).errors[0]?.field).toBe('/operations/0');
    expect((await create({ scope: 'seller' })).errors[0]?.field).toBe('/sellerId');
    expect((await create({ scope: 'producer', sellerId })).errors[0]?.field).toBe('/sellerId');
    expect((await create({ scope: 'seller', sellerId: 'nobody' })).code).toBe('http.not_found');
  });
});
