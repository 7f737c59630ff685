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

  it('of a write whose answer is a secret answers a repeat without it: the same key, shown once', async () => {
    const body = { scope: 'producer' as const, label: 'feeds' };
    const make = () => gateway.operator.send(routes.apiKeys.createApiKey, { body, idempotencyKey: 'k-secret' });
    const first = await make();
    const again = await make();
    expect(first.body.key).toMatch(/^ge_producer_/);
    expect(again.body).toEqual({ ...first.body, key: null });
    expect([first.headers.get('idempotency-replayed'), again.headers.get('idempotency-replayed')]).toEqual([
      null,
      'true',
    ]);
    const kept = await gateway.database.query<{ text: string }>(
      `select idempotency_keys::text as text from idempotency_keys where key = 'k-secret'`,
    );
    expect(kept).toHaveLength(1);
    expect(kept[0]!.text).not.toContain(first.body.key);
  });

  it('works for every method and for an upload: the bytes are part of the request', async () => {
    const templateId = await createTemplate(gateway.operator, sellerId, 'Methods');
    const at = { params: { sellerId, templateId } };
    const twice = async <T extends { readonly headers: Headers }>(send: () => Promise<T>): Promise<readonly T[]> => {
      const answers = [await send(), await send()];
      expect(answers.map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([null, 'true']);
      return answers;
    };
    const { operator } = gateway;
    const renamed = await twice(() =>
      operator.send(routes.templates.renameTemplate, { ...at, body: { name: 'Put' }, idempotencyKey: 'k-put' }),
    );
    expect(renamed[1]!.body).toEqual(renamed[0]!.body);
    const upload = (bytes: string) =>
      operator.send(routes.feeds.uploadFeed, {
        params: { sellerId },
        query: { type: 'inventory-loader' },
        upload: { bytes, mediaType: 'text/plain' },
        idempotencyKey: 'k-upload',
      });
    const fed = await twice(() => upload('sku\nA\n'));
    expect(fed[1]!.body.feedId).toBe(fed[0]!.body.feedId);
    expect(fed[1]!.headers.get('location')).toBe(fed[0]!.headers.get('location'));
    expect((await refusedWith(upload('sku\nB\n'))).code).toBe('http.idempotency_conflict');
    const { items } = await operator.call(routes.feeds.listFeeds, { params: { sellerId } });
    expect(items).toHaveLength(1);
    const deleted = await twice(() =>
      operator.send(routes.templates.deleteTemplate, { ...at, idempotencyKey: 'k-delete' }),
    );
    expect(deleted.map(({ status }) => status)).toEqual([204, 204]);
  });

  it('gives the first answer also by another process, after the first one is gone', async () => {
    const first = await create('Survivor', 'k-crash');
    const other = await gateway.another();
    try {
      const again = await create('Survivor', 'k-crash', other.operator);
      expect(again.body).toEqual(first.body);
      expect(again.headers.get('idempotency-replayed')).toBe('true');
    } finally {
      await other.close();
    }
  });

  it('is refused where it is no usable key', async () => {
    const long = gateway.operator.call(routes.sellers.importSellers, {
      body: { sellers: [aSeller()] },
      idempotencyKey: 'k'.repeat(201),
    });
    expect((await refusedWith(long)).errors[0]?.field).toBe('/header/idempotency-key');
  });
});
