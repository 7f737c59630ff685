import { once } from 'node:events';
import { request as rawRequest } from 'node:http';
import { type Route, routeCatalogue } from '@ge/api';
import { observe } from '@ge/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGateway, type TestGateway } from './startGateway.ts';

/** What the frame refuses, for every route alike. Each answer is held against the document, as everywhere in the tests. */
let gateway: TestGateway;
let strict: Awaited<ReturnType<TestGateway['another']>>;
const uploadMaxBytes = 1_000;
beforeAll(async () => {
  gateway = await startGateway({ UPLOAD_MAX_BYTES: String(uploadMaxBytes) });
  strict = await gateway.another({ RATE_LIMIT_OPERATOR: '1' });
});
afterAll(async () => {
  await strict?.close();
  await gateway?.close();
});

/** Where a query is needed before bytes are looked at. */
const queries: Readonly<Record<string, string>> = { 'feeds.upload': 'type=inventory-loader' };

const pathOf = (route: Route, query = queries[route.id] ?? '') =>
  `${route.path.replace(/\{\w+\}/g, 'nobody')}${query && `?${query}`}`;

async function send(route: Route, path: string, init: RequestInit = {}, baseUrl = gateway.baseUrl) {
  const response = await fetch(baseUrl + path, {
    ...init,
    method: route.method,
    headers: { authorization: `Bearer ${gateway.operatorKey}`, ...(init.headers as Record<string, string>) },
  });
  return [response.status, ((await response.json()) as { code: string }).code];
}

/** Says how long its body will be and sends nothing: whoever sends on may never see the answer. */
async function announce(route: Route, mediaType: string, bytes: number) {
  const url = gateway.baseUrl + pathOf(route);
  const request = rawRequest(url, {
    method: route.method,
    headers: { authorization: `Bearer ${gateway.operatorKey}`, 'content-type': mediaType, 'content-length': bytes },
  });
  request.on('error', () => undefined).flushHeaders();
  const [answer] = await once(request, 'response');
  const parts: Buffer[] = [];
  for await (const part of answer) parts.push(part as Buffer);
  request.destroy();
  const response = new Response(Buffer.concat(parts), { status: answer.statusCode, headers: answer.headers });
  await observe(route.method, url, response);
  return [response.status, ((await response.json()) as { code: string }).code];
}

describe.each(routeCatalogue.map((route: Route) => [route.id, route] as const))('%s', (_, route) => {
  it('refuses what it does not know', async () => {
    expect(await send(route, pathOf(route, 'nonsense=1'))).toEqual([400, 'http.validation']);
  });

  it('refuses a key that has had its calls', async () => {
    const knock = () => send(route, pathOf(route, 'nonsense=1'), {}, strict.baseUrl);
    // Of three in a row two fall into one span, wherever the next one begins.
    expect([await knock(), await knock(), await knock()]).toContainEqual([429, 'http.rate_limited']);
  });
});

const taking = routeCatalogue.filter((route: Route) => route.body ?? route.upload);
describe.each(taking.map((route: Route) => [route.id, route] as const))('%s', (_, route) => {
  it('takes neither another media type nor too many bytes nor half a value', async () => {
    const nonsense = { body: '{', headers: { 'content-type': 'application/x-nonsense' } };
    expect(await send(route, pathOf(route), nonsense)).toEqual([415, 'http.unsupported_media_type']);
    const mediaType = route.upload?.mediaTypes[0] ?? 'application/json';
    const most = route.upload ? uploadMaxBytes : (route.maxBytes ?? 256 * 1024);
    expect(await announce(route, mediaType, most + 1)).toEqual([413, 'http.too_large']);
    if (route.upload) {
      const plain = { body: 'plain', headers: { 'content-type': mediaType, 'content-encoding': 'gzip' } };
      expect(await send(route, pathOf(route), plain)).toEqual([400, 'http.malformed_gzip']);
    }
    if (!route.body) return;
    const half = { body: '{', headers: { 'content-type': mediaType } };
    expect(await send(route, pathOf(route), half)).toEqual([400, 'http.malformed_json']);
  });
});

describe('a fault', () => {
  it('of the database is told as one that passes', async () => {
    const { database, operatorKey } = gateway;
    await database.transaction(async (tx) => {
      await tx.query('lock table sellers in access exclusive mode');
      const [row] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
      const waiting = fetch(`${gateway.baseUrl}/v1/sellers`, { headers: { authorization: `Bearer ${operatorKey}` } });
      await expect
        .poll(async () => {
          const cut = await database.query(
            `select pg_terminate_backend(pid) from pg_stat_activity
              where datname = current_database() and wait_event_type = 'Lock' and $1 = any(pg_blocking_pids(pid))`,
            [row!.pid],
          );
          return cut.length;
        })
        .toBe(1);
      const response = await waiting;
      expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
      expect(await response.json()).toMatchObject({ code: 'http.unavailable' });
    });
  });
});
