import { ApiProblem, createClient, routes } from '@ge/api';
import { newId, startOperation } from '@ge/database';
import type { SellerId } from '@ge/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGateway, type TestGateway } from './startGateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway?.close());

const start = (sellerId: string | null) =>
  gateway.database.transaction((tx) =>
    startOperation(tx, { kind: 'test', sellerId: sellerId as SellerId | null, now: new Date() }, []),
  );

describe('operations', () => {
  it('are shown with Dates to the client', async () => {
    const id = await start('S1');
    const operation = await gateway.operator.call(routes.operations.getOperation, { params: { operationId: id } });
    expect(operation).toMatchObject({ id, sellerId: 'S1', state: 'closed', total: 0 });
    expect(operation.createdAt).toBeInstanceOf(Date);
  });

  it('say why an item was rejected, and what to do, in the language of the request (R14)', async () => {
    const id = await start('S1');
    const params = { sku: 'SHIRT' };
    const unknown = { code: 'sku.unknown', rule: 'R14', field: '/items/0/sku', params, severity: 'error' };
    const result = { items: [{ sku: 'SHIRT', outcome: 'rejected', exportability: null, problems: [unknown] }] };
    await gateway.database.query('update operations set result = $2::jsonb where id = $1', [
      id,
      JSON.stringify(result),
    ]);
    const shown = async (locale: 'en-US' | 'zh-CN') => {
      const client = createClient({ baseUrl: gateway.baseUrl, apiKey: await gateway.keyOf('seller', 'S1'), locale });
      const one = await client.call(routes.operations.getOperation, { params: { operationId: id } });
      const all = await client.call(routes.operations.listOperations, { params: { sellerId: 'S1' } });
      expect(all.items.find((listed) => listed.id === id)!.result).toEqual(one.result);
      return one.result;
    };
    const english = { message: 'The seller has no SKU “SHIRT”.', remedy: expect.stringContaining('spelling') };
    const problems = (texts: object) => ({ items: [{ ...result.items[0], problems: [{ ...unknown, ...texts }] }] });
    expect(await shown('en-US')).toEqual(problems(english));
    expect(await shown('zh-CN')).toEqual(problems({ message: '该卖家没有 SKU“SHIRT”。', remedy: expect.any(String) }));
  });

  it('are hidden from other sellers, and programme-wide ones from all sellers', async () => {
    const seller = await gateway.clientOf('seller', 'S2');
    for (const id of [await start('S1'), await start(null), newId('op')]) {
      const call = seller.call(routes.operations.getOperation, { params: { operationId: id } });
      await expect(call).rejects.toThrow(ApiProblem);
      await expect(call).rejects.toMatchObject({ problem: { status: 404, code: 'http.not_found' } });
    }
  });

  it('are listed newest first, page by page', async () => {
    const ids = [await start('S3'), await start('S3'), await start('S3')].sort().reverse();
    const seller = await gateway.clientOf('seller', 'S3');
    const list = (cursor?: string) =>
      seller.call(routes.operations.listOperations, {
        params: { sellerId: 'S3' },
        query: { limit: 2, ...(cursor && { cursor }) },
      });
    const first = await list();
    const second = await list(first.nextCursor!);
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids);
    expect(second.nextCursor).toBeNull();
  });
});
