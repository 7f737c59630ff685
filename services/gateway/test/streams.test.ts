import { createClient, routes } from '@ge/api';
import { addProgress, newId, startOperation } from '@ge/database';
import type { OperationId, SellerId } from '@ge/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusedWith } from './refusedWith.ts';
import { startGateway, type TestGateway } from './startGateway.ts';
import { openShop } from './tradeFixture.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ EVENT_POLL_MS: '20', EVENT_HEARTBEAT_MS: '50', EVENT_STREAMS_PER_KEY: '3' });
});
afterAll(() => gateway?.close());

/** An open operation of which so many jobs are counted. */
async function operationOf(sellerId: string, total = 2): Promise<OperationId> {
  const now = new Date();
  return gateway.database.transaction(async (tx) => {
    const id = await startOperation(tx, { kind: 'test', sellerId: sellerId as SellerId, now }, []);
    await tx.query(`update operations set state = 'open', closed_at = null, total = $2 where id = $1`, [id, total]);
    return id;
  });
}
const advance = (operationId: string, counts: Record<string, number> = {}) =>
  gateway.database.transaction((tx) => addProgress(tx, [{ operationId, done: 1, counts }], new Date()));

const open = (operationId: string, key: string, headers: Record<string, string> = {}, baseUrl = gateway.baseUrl) =>
  fetch(`${baseUrl}/v1/operations/${operationId}/events`, { headers: { authorization: `Bearer ${key}`, ...headers } });

/** Reads a stream's text until it shows what is looked for. */
async function readUntil(response: Response, wanted: RegExp): Promise<string> {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  for (let text = ''; ; ) {
    const { value, done } = await reader.read();
    text += value ?? '';
    if (wanted.test(text) || done) {
      await reader.cancel();
      return text;
    }
  }
}

describe('the events of an operation', () => {
  it('begin with its state, tell every change, and end with the closed one', async () => {
    const operationId = await operationOf('S1');
    const told: [string, number][] = [];
    for await (const operation of gateway.operator.follow(routes.operations.followOperation, {
      params: { operationId },
    })) {
      told.push([operation.state, operation.done]);
      expect(operation.createdAt).toBeInstanceOf(Date);
      if (operation.state === 'open') await advance(operationId, { applied: 3 });
    }
    expect(told).toEqual([
      ['open', 0],
      ['open', 1],
      ['closed', 2],
    ]);
    const again = await Array.fromAsync(
      gateway.operator.follow(routes.operations.followOperation, { params: { operationId } }),
    );
    expect(again).toMatchObject([{ state: 'closed', counts: { applied: 6 } }]);
  });

  it('are written as the standard says, with comments in between, and behind Last-Event-ID only what is new', async () => {
    const operationId = await operationOf('S1');
    const first = await open(operationId, gateway.operatorKey);
    expect(first.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(first.headers.get('cache-control')).toBe('no-store');
    const text = await readUntil(first, /: still here\n\n/);
    expect(text).toMatch(/^retry: 1000\n\nid: 3\nevent: state\ndata: \{"id":"[^\n]*\}\n\n/);
    const behind = await open(operationId, gateway.operatorKey, { 'last-event-id': '3' });
    await advance(operationId);
    const rest = await readUntil(behind, /event: /);
    expect(rest).toMatch(/\nid: 4\nevent: state\n/);
    expect(rest).not.toContain('id: 3\n');
  });

  it('are hidden from other sellers', async () => {
    const operationId = await operationOf('S1');
    const seller = await gateway.clientOf('seller', 'S2');
    const follow = (id: string) =>
      Array.fromAsync(seller.follow(routes.operations.followOperation, { params: { operationId: id } }));
    for (const id of [operationId, newId('op')]) expect((await refusedWith(follow(id))).code).toBe('http.not_found');
  });

  it('hold no connection and read once for all who follow', async () => {
    const operationId = await operationOf('S1');
    const keys = await Promise.all(Array.from({ length: 10 }, () => gateway.keyOf('producer')));
    const streams = await Promise.all(keys.flatMap((key) => [1, 2, 3].map(() => open(operationId, key))));
    const texts = streams.map((stream) => readUntil(stream, /"done":1/));
    const reads = async () => {
      const [row] = await gateway.database.query<{ calls: string }>(
        `select coalesce(sum(idx_scan + seq_scan), 0) as calls from pg_stat_user_tables where relname = 'operations'`,
      );
      return Number(row!.calls);
    };
    const held = () =>
      gateway.database.query(
        `select 1 from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`,
      );
    await expect.poll(held).toEqual([]);
    const before = await reads();
    await advance(operationId);
    const all = await Promise.all(texts);
    expect(all.every((text) => text.includes('"done":1'))).toBe(true);
    // Thirty followers that read for themselves would have scanned thirty times in each round.
    await expect.poll(reads).toBeGreaterThan(before);
    expect((await reads()) - before).toBeLessThan(200);
  });

  it('are open to a key so many times at once, and again when one has ended', async () => {
    const operationId = await operationOf('S1');
    const key = await gateway.keyOf('producer');
    const streams = await Promise.all([1, 2, 3].map(() => open(operationId, key)));
    expect(streams.map(({ status }) => status)).toEqual([200, 200, 200]);
    const fourth = await open(operationId, key);
    expect([fourth.status, fourth.headers.get('retry-after')]).toEqual([429, '5']);
    await fourth.body?.cancel();
    await streams[0]!.body!.cancel();
    await expect
      .poll(async () => {
        const next = await open(operationId, key);
        await next.body?.cancel();
        return next.status;
      })
      .toBe(200);
    for (const stream of streams.slice(1)) await stream.body!.cancel();
  });

  it('end with the process; the client goes on elsewhere and misses nothing', async () => {
    const operationId = await operationOf('S1');
    const first = await gateway.another();
    const second = await gateway.another();
    let baseUrl = first.baseUrl;
    const client = createClient({
      baseUrl: 'http://balanced.invalid',
      apiKey: gateway.operatorKey,
      fetch: (url, init) => fetch(String(url).replace('http://balanced.invalid', baseUrl), init),
    });
    const told: number[] = [];
    for await (const { done } of client.follow(routes.operations.followOperation, { params: { operationId } })) {
      told.push(done);
      if (done === 0) {
        baseUrl = second.baseUrl;
        await first.close();
        await advance(operationId);
      } else if (done === 1) await advance(operationId);
    }
    expect(told).toEqual([0, 1, 2]);
    await second.close();
  });

  it('end after a while, so that a revoked key follows no longer', async () => {
    const brief = await gateway.another({ EVENT_STREAM_SECONDS: '1' });
    const operationId = await operationOf('S1');
    const key = await gateway.keyOf('producer');
    const client = createClient({ baseUrl: brief.baseUrl, apiKey: key });
    const told = Array.fromAsync(client.follow(routes.operations.followOperation, { params: { operationId } }));
    await expect
      .poll(() =>
        open(operationId, key, {}, brief.baseUrl).then(({ status, body }) => body?.cancel().then(() => status)),
      )
      .toBe(200);
    await gateway.database.query(`update api_keys set revoked_at = now() where scope = 'producer'`);
    expect((await refusedWith(told)).code).toBe('http.unauthorized');
    await brief.close();
  });

  it('stop for a signal', async () => {
    const operationId = await operationOf('S1');
    const stop = new AbortController();
    const follow = async () => {
      const params = { operationId };
      for await (const _ of gateway.operator.follow(routes.operations.followOperation, { params, signal: stop.signal }))
        stop.abort(new Error('enough'));
    };
    await expect(follow()).rejects.toThrow('enough');
  });
});

describe('the events of a feed', () => {
  it('end with its last state', async () => {
    const { sellerId } = await openShop(gateway);
    const seller = await gateway.clientOf('seller', sellerId);
    const { feedId } = await seller.call(routes.feeds.uploadFeed, {
      params: { sellerId },
      query: { type: 'inventory-loader' },
      upload: { bytes: 'sku\n', mediaType: 'text/plain' },
    });
    const told: string[] = [];
    for await (const feed of seller.follow(routes.feeds.followFeed, { params: { feedId } })) {
      told.push(feed.state);
      if (feed.state === 'IN_QUEUE') await seller.call(routes.feeds.cancelFeed, { params: { feedId } });
    }
    expect(told).toEqual(['IN_QUEUE', 'CANCELLED']);
  });
});
