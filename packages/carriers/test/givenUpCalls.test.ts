import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { CarrierHttp } from '../src/http/exchange.ts';

/** A carrier that answers when the test says so, and a client with a single connection to it. */
async function startWaiting() {
  const waiting: { readonly url: string; readonly response: ServerResponse }[] = [];
  const server = createServer((request, response) => void waiting.push({ url: request.url!, response }));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const http = new CarrierHttp({ baseUrl, apiKey: 'key', connections: 1 });
  return {
    waiting,
    ask: (path: string, timeoutMs: number) => http.exchange({ method: 'GET', path, headers: {} }, { timeoutMs }),
    [Symbol.asyncDispose]: async () => {
      await http.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

test('a call that was given up while it waited for a connection does not leave afterwards', async () => {
  await using carrier = await startWaiting();
  const first = carrier.ask('/first', 30_000);
  await expect.poll(() => carrier.waiting.length).toBe(1);
  expect(await carrier.ask('/given-up', 1)).toEqual({ kind: 'lost', reason: 'TIMEOUT' });
  const last = carrier.ask('/last', 30_000);
  carrier.waiting[0]!.response.end('one');
  expect(await first).toMatchObject({ kind: 'answered', body: 'one' });
  await expect.poll(() => carrier.waiting.length).toBe(2);
  carrier.waiting[1]!.response.end('two');
  expect(await last).toMatchObject({ kind: 'answered', body: 'two' });
  expect(carrier.waiting.map(({ url }) => url)).toEqual(['/first', '/last']);
});

test('an answer that stops in its middle is lost at the deadline, and what came after it is heard', async () => {
  await using carrier = await startWaiting();
  const cut = carrier.ask('/cut', 50);
  await expect.poll(() => carrier.waiting.length).toBe(1);
  carrier.waiting[0]!.response.writeHead(200, { 'content-length': '10' }).write('half');
  expect(await cut).toEqual({ kind: 'lost', reason: 'TIMEOUT' });
  const next = carrier.ask('/next', 30_000);
  await expect.poll(() => carrier.waiting.length).toBe(2);
  carrier.waiting[1]!.response.end('whole');
  expect(await next).toMatchObject({ kind: 'answered', status: 200, body: 'whole' });
});

test('a mark of byte order and characters cut between two packets are read as one text', async () => {
  await using carrier = await startWaiting();
  const heard = carrier.ask('/text', 30_000);
  await expect.poll(() => carrier.waiting.length).toBe(1);
  const bytes = Buffer.from('\ufeff日本語');
  const { response } = carrier.waiting[0]!;
  response.write(bytes.subarray(0, 4));
  await new Promise((resolve) => response.write(bytes.subarray(4, 8), resolve));
  response.end(bytes.subarray(8));
  expect(await heard).toMatchObject({ kind: 'answered', body: '日本語' });
});

test('what is said before the answer itself is not taken for it', async () => {
  await using carrier = await startWaiting();
  const heard = carrier.ask('/early', 30_000);
  await expect.poll(() => carrier.waiting.length).toBe(1);
  carrier.waiting[0]!.response.writeEarlyHints({ link: '</style.css>; rel=preload' });
  carrier.waiting[0]!.response.writeHead(201).end('made');
  expect(await heard).toMatchObject({ kind: 'answered', status: 201, body: 'made' });
});
