import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { isFree, reservePort } from '../src/index.ts';

/** A base of its own, so that files running at the same time do not meet. */
const BASE = 23_100;

async function listen(port: number, host?: string): Promise<void> {
  const server = createServer().listen({ port, ...(host ? { host } : {}) });
  await once(server, 'listening');
  onTestFinished(() => void server.close());
}

test('a port somebody listens on is stepped over, on loopback and on all addresses', async () => {
  const spare = await reservePort(BASE);
  spare.release();
  await listen(spare.port, '127.0.0.1');
  const next = await reservePort(spare.port);
  onTestFinished(next.release);
  expect(next.port).toBeGreaterThan(spare.port);

  const far = await reservePort(next.port + 1);
  far.release();
  await listen(far.port);
  expect(await isFree(far.port)).toBe(false);
});

test('two who ask at the same time get different ports, though nobody listens yet', async () => {
  const ports = await Promise.all(Array.from({ length: 5 }, () => reservePort(BASE + 50)));
  for (const port of ports) onTestFinished(port.release);
  expect(new Set(ports.map(({ port }) => port)).size).toBe(5);
});

test('a released port can be had again', async () => {
  const first = await reservePort(BASE + 80);
  first.release();
  const second = await reservePort(first.port);
  onTestFinished(second.release);
  expect(second.port).toBe(first.port);
});
