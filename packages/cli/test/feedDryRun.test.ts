import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startGe } from './started-ge.ts';

interface Heard {
  readonly request: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** Answers as the API does for one feed that has ended: whether commands ask it rightly needs no fleet. */
const heard: Heard[] = [];
const server = createServer(async (request, response) => {
  const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>));
  heard.push({ request: `${request.method} ${request.url}`, headers: request.headers, body });
  const [path = ''] = (request.url ?? '').split('?');
  const json = (status: number, answer: object) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  if (request.method === 'POST') {
    const file = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
    const sent = { size: file.length, sha256: createHash('sha256').update(file).digest('hex') };
    const accepted = { operationId: 'op_1', links: { operation: '/v1/operations/op_1' }, warnings: [] };
    json(202, { ...accepted, feedId: 'feed_2', ...(!path.endsWith('/revert') && sent) });
  } else if (path.endsWith('/events')) {
    const told = JSON.stringify(theFeed());
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end(`id: 1\nevent: closed\ndata: ${told}\n\n`);
  } else if (path.endsWith('/report')) response.end('{"header":{},"issues":[\n],"summary":{}}\n');
  else json(200, theFeed());
});

const counts = { processed: 2, applied: 2, unchanged: 0, superseded: 0, rejected: 0, notAttempted: 0 };
const at = '2026-01-05T15:00:00.000Z';
const theFeed = (): object => ({
  ...{ id: 'feed_2', sellerId: 'S1', type: 'inventory-loader', state: 'DONE', commandNo: 2, documentId: 'doc_1' },
  ...{ reportDocumentId: null, operationId: 'op_1', stagedRows: 2, settledRows: 2, counts, fatalCode: null },
  ...{ createdAt: at, startedAt: at, endedAt: at, dryRun: !reverting, revertsFeedId: reverting ? 'feed_1' : null },
});
let reverting = false;

const folder = mkdtempSync(join(tmpdir(), 'ge-dry-run-'));
const file = join(folder, 'listings.txt');
const table = 'sku\tmerchant_shipping_group_name\nA\tHome\nB\tHome\n';
let env: NodeJS.ProcessEnv;
beforeAll(async () => {
  writeFileSync(file, table);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  env = { GE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, GE_KEY: 'key' };
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a dry run sends the file as one, and looks at it anew each time (R15)', async () => {
  reverting = false;
  for (const _ of ['first', 'second']) {
    const started = startGe(['feed', 'dry-run', file, '--seller', 'S1'], undefined, env);
    expect(await started.ended).toBe(0);
    expect(started.output()).toContain('a dry run: what would become of it; nothing is changed');
  }
  const sent = heard.filter(({ request }) => request.startsWith('POST'));
  const query = 'type=inventory-loader&fileName=listings.txt&dryRun=true';
  expect(sent.map(({ request }) => request)).toEqual([1, 2].map(() => `POST /v1/sellers/S1/feeds?${query}`));
  expect(sent.map(({ body }) => gunzipSync(body).toString())).toEqual([table, table]);
  expect(new Set(sent.map(({ headers }) => headers['idempotency-key'])).size).toBe(2);
});

test('a revert asks for the feed and waits for the one that takes it back (R15)', async () => {
  reverting = true;
  heard.length = 0;
  const started = startGe(['feed', 'revert', 'feed_1', '--json'], undefined, env);
  expect(await started.ended).toBe(0);
  expect(JSON.parse(started.output())).toMatchObject({ ok: true, feed: { id: 'feed_2', revertsFeedId: 'feed_1' } });
  expect(heard.map(({ request }) => request)).toEqual([
    'POST /v1/feeds/feed_1/revert',
    'GET /v1/feeds/feed_2/events',
    'GET /v1/feeds/feed_2/report?format=json',
  ]);
});
