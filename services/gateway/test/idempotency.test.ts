import { routes } from '@ge/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusedWith } from './refusedWith.ts';
import { aSeller, createTemplate, domestic, importSeller } from './sellers.ts';
import { startGateway, type TestGateway } from './startGateway.ts';

let gateway: TestGateway;
let sellerId: string;
beforeAll(async () => {
  gateway = await startGateway();
  ({ sellerId } = await importSeller(gateway.operator));
});
afterAll(() => gateway?.close());

const create = (name: string, idempotencyKey: string, client = gateway.operator) =>
  client.send(routes.templates.createTemplate, { params: { sellerId }, body: { name }, idempotencyKey });

const namesOf = async () => {
  const { items } = await gateway.operator.call(routes.templates.listTemplates, { params: { sellerId } });
  return items.map(({ name }) => name);
};

describe('an Idempotency-Key', () => {
  it('gives a repeat the first answer and lets it take effect once', async () => {
    const first = await create('Once', 'k-once');
    const again = await create('Once', 'k-once');
    expect(again.body).toEqual(first.body);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect([first.headers.get('idempotency-replayed'), again.headers.get('idempotency-replayed')]).toEqual([
      null,
      'true',
    ]);
    expect((await namesOf()).filter((name) => name === 'Once')).toHaveLength(1);
  });

  it('takes effect once however many repeats arrive together', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => create('Together', 'k-together')));
    expect(new Set(answers.map(({ body }) => body.template.id)).size).toBe(1);
    expect((await namesOf()).filter((name) => name === 'Together')).toHaveLength(1);
  });

  it('does not mind the order of the keys in a body', async () => {
    const key = gateway.operatorKey;
    const send = (body: string) =>
      fetch(`${gateway.baseUrl}/v1/sellers/${sellerId}/templates`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${key}`,
          'content-type': 'application/json',
          'idempotency-key': 'k-order',
        },
        body,
      });
    const one = await send(`{"name":"Order","domesticShipping":${JSON.stringify(domestic)}}`);
    const other = await send(`{"domesticShipping":${JSON.stringify(domestic)}, "name":"Order"}`);
    expect([one.status, other.status]).toEqual([201, 201]);
    expect(await other.json()).toEqual(await one.json());
  });

  it('is refused for another request, and nothing happens', async () => {
    await create('Mine', 'k-other');
    expect(await refusedWith(create('Other', 'k-other'))).toMatchObject({
      status: 422,
      code: 'http.idempotency_conflict',
    });
    expect(await namesOf()).not.toContain('Other');
  });

  it('belongs to its API key', async () => {
    await create('First', 'k-shared');
    const seller = await gateway.clientOf('seller', sellerId);
    expect((await create('Second', 'k-shared', seller)).body.template.name).toBe('Second');
  });

  it('keeps no refusal: the corrected state of the world is judged anew', async () => {
    const id = await createTemplate(gateway.operator, sellerId, 'Taken');
    expect((await refusedWith(create('Taken', 'k-refused'))).code).toBe('template.name_taken');
    await gateway.operator.call(routes.templates.renameTemplate, {
      params: { sellerId, templateId: id },
      body: { name: 'Free' },
    });
    await gateway.database.query(`delete from template_aliases where name = 'Taken'`);
    expect((await create('Taken', 'k-refused')).status).toBe(201);
  });

  it('is refused where the answer is a secret, and where it is no usable key', async () => {
    const body = { scope: 'producer' as const, label: 'feeds' };
    const secret = gateway.operator.call(routes.apiKeys.createApiKey, { body, idempotencyKey: 'k-secret' });
    expect(await refusedWith(secret)).toMatchObject({
      status: 400,
      errors: [{ field: '/header/idempotency-key', code: 'schema.not_supported' }],
    });
    const long = gateway.operator.call(routes.sellers.importSellers, {
      body: { sellers: [aSeller()] },
      idempotencyKey: 'k'.repeat(201),
    });
    expect((await refusedWith(long)).errors[0]?.field).toBe('/header/idempotency-key');
  });
});
