import { ApiProblem, routes } from '@ge/api';
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
