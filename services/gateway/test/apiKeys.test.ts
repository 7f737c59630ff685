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
    await expect.poll(async () => (await read()).status, { interval: 100 }).toBe(401);
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

  it('are rotated: the new key may do the same, and the old one goes on for its grace or ends at once', async () => {
    const { operator } = gateway;
    const statusOf = async (key: string) =>
      (await fetch(`${gateway.baseUrl}/v1/sellers/${sellerId}`, { headers: { authorization: `Bearer ${key}` } }))
        .status;
    const first = await operator.call(routes.apiKeys.createApiKey, {
      body: { scope: 'producer', operations: ['sellers.get'], label: 'shop' },
    });
    const rotate = (keyId: string, body: { graceSeconds?: number; reason?: string }) =>
      operator.call(routes.apiKeys.rotateApiKey, { params: { keyId }, body });
    const second = await rotate(first.id, { graceSeconds: 3_600, reason: 'left the desk' });
    expect(second).toMatchObject({ scope: 'producer', operations: ['sellers.get'], label: 'shop', revokedAt: null });
    expect(second.replaces.id).toBe(first.id);
    expect(second.replaces.revokedAt.getTime()).toBeGreaterThan(Date.now() + 3_000_000);
    expect([await statusOf(first.key!), await statusOf(second.key!)]).toEqual([200, 200]);
    expect((await refusedWith(rotate(first.id, {}))).code).toBe('http.conflict');
    const third = await rotate(second.id, {});
    expect(await statusOf(third.key!)).toBe(200);
    await expect.poll(() => statusOf(second.key!), { interval: 100 }).toBe(401);
    await operator.call(routes.apiKeys.revokeApiKey, { params: { keyId: first.id } });
    await expect.poll(() => statusOf(first.key!), { interval: 100 }).toBe(401);
    expect((await refusedWith(rotate('key_none', {}))).code).toBe('http.not_found');
  });

  it('leave a line in the audit for everything that is done to them, without the key or its label', async () => {
    const { operator } = gateway;
    const made = await operator.call(routes.apiKeys.createApiKey, {
      body: { scope: 'operator', role: 'viewer', label: 'somebody by name' },
    });
    const { key } = await operator.call(routes.apiKeys.rotateApiKey, {
      params: { keyId: made.id },
      body: { graceSeconds: 60, reason: 'lost' },
    });
    await operator.call(routes.apiKeys.revokeApiKey, { params: { keyId: made.id } });
    const { items } = await operator.call(routes.audit.listAudit, { query: { target: made.id } });
    expect(items.map(({ action, reason, role }) => [action, reason, role])).toEqual([
      ['key.revoke', null, 'admin'],
      ['key.rotate', 'lost', 'admin'],
      ['key.create', null, 'admin'],
    ]);
    for (const secret of [made.key, key, 'somebody']) expect(JSON.stringify(items)).not.toContain(secret);
  });
});
