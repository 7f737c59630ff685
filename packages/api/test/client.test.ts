import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import { ApiProblem, createClient, problemMediaType, routes, UnexpectedAnswer } from '../src/index.ts';

const requests: (Pick<IncomingMessage, 'method' | 'url' | 'headers'> & { body: string })[] = [];
let next: { status: number; type: string; body: string };
const server = createServer(async (request, response) => {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  const { method, url, headers } = request;
  requests.push({ method, url, headers, body: Buffer.concat(parts).toString() });
  response.writeHead(next.status, { 'content-type': next.type }).end(next.body);
});
let baseUrl: string;
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const answer = (status: number, body: unknown, type = 'application/json') => {
  next = { status, type, body: body === undefined ? '' : JSON.stringify(body) };
};
const operation = {
  id: 'op_1',
  sellerId: 'S1',
  kind: 'test',
  commandNo: null,
  state: 'open',
  total: 1,
  done: 0,
  failed: 0,
  cancelled: 0,
  fannedOut: true,
  counts: {},
  result: null,
  createdAt: '2026-05-04T12:00:00.000Z',
  closedAt: null,
};

describe('the typed client', () => {
  const client = () => createClient({ baseUrl: `${baseUrl}/`, apiKey: 'key-1', locale: 'zh-CN' });

  it('writes path, query, key, language and body the way the routes say', async () => {
    answer(200, { items: [], nextCursor: null });
    const params = { sellerId: 'S/1 ü' };
    await client().call(routes.operations.listOperations, { params, query: { limit: 5 } });
    expect(requests.at(-1)).toMatchObject({
      method: 'GET',
      url: `/v1/sellers/${encodeURIComponent('S/1 ü')}/operations?limit=5`,
      headers: { authorization: 'Bearer key-1', 'accept-language': 'zh-CN' },
    });
    answer(200, { autoApply: true });
    const body = { autoApply: true };
    await client().call(routes.regions.setAutoApply, { params, body, idempotencyKey: 'once' });
    expect(requests.at(-1)).toMatchObject({
      method: 'PUT',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'once' },
      body: '{"autoApply":true}',
    });
  });

  it('reads instants as Dates and ignores what a newer server adds', async () => {
    answer(200, { ...operation, addedLater: 1 });
    const read = await client().call(routes.operations.getOperation, { params: { operationId: 'op_1' } });
    expectTypeOf(read.createdAt).toEqualTypeOf<Date>();
    expect(read.createdAt).toEqual(new Date('2026-05-04T12:00:00Z'));
    expect(read).not.toHaveProperty('addedLater');
  });

  it('throws every problem with its reasons', async () => {
    const problem = {
      type: '/docs#address.po_box',
      title: 'A box',
      status: 422,
      code: 'address.po_box',
      detail: 'A box',
      instance: 'urn:ge:request:1',
      errors: [{ code: 'address.po_box', rule: 'R6', field: '/line1', message: 'A box', remedy: 'No box' }],
    };
    answer(422, problem, problemMediaType);
    const call = client().call(routes.operations.getOperation, { params: { operationId: 'op_1' } });
    await expect(call).rejects.toBeInstanceOf(ApiProblem);
    await expect(call).rejects.toMatchObject({ problem });
  });

  it('throws when the answer is not what the route declares', async () => {
    const call = () => client().call(routes.operations.getOperation, { params: { operationId: 'op_1' } });
    answer(200, { ...operation, state: 'nonsense' });
    await expect(call()).rejects.toBeInstanceOf(UnexpectedAnswer);
    answer(418, {});
    await expect(call()).rejects.toThrow('operations.get answered 418');
  });

  it('sends bytes packed where it is told so, and gives those of a download as they come', async () => {
    answer(202, {
      operationId: 'op_1',
      feedId: 'feed_1',
      size: 1,
      sha256: 'x',
      warnings: [],
      links: { operation: '/v1/operations/op_1' },
    });
    await client().call(routes.feeds.uploadFeed, {
      params: { sellerId: 'S1' },
      query: { type: 'inventory-loader' },
      upload: { bytes: ReadableStream.from([Buffer.from('a')]), mediaType: 'text/csv', contentEncoding: 'gzip' },
    });
    expect(requests.at(-1)).toMatchObject({
      headers: { 'content-type': 'text/csv', 'content-encoding': 'gzip' },
      body: 'a',
    });
    answer(200, 'as it is', 'text/plain');
    const report = { params: { feedId: 'feed_1' } };
    const bytes = await client().download(routes.feeds.downloadFeedReport, report);
    expect(await new Response(bytes).text()).toBe('"as it is"');
    answer(404, { code: 'http.not_found' }, problemMediaType);
    await expect(client().download(routes.feeds.downloadFeedReport, report)).rejects.toThrow();
  });

  it('wants what a route needs, by type', () => {
    const calls = () => {
      // @ts-expect-error params are needed
      void client().call(routes.operations.getOperation);
      // @ts-expect-error the body is needed
      void client().call(routes.regions.setAutoApply, { params: { sellerId: 'S1' } });
      void client().call(routes.invitations.startCampaign);
    };
    expect(calls).toBeTypeOf('function');
  });
});
