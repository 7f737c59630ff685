import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient } from '@ge/api';
import { expect, onTestFinished, test } from 'vitest';
import { requireSimulator } from '../simulatorOnly.ts';

const simulatorId = '7b0cbe2e-1d4f-4d0f-9d35-3c9b8f0f6f01';

/** Somebody who answers every question with this. */
async function answering(status: number, body: object): Promise<string> {
  const server = createServer((_, response) => {
    const mediaType = status < 400 ? 'application/json' : 'application/problem+json';
    response.writeHead(status, { 'content-type': mediaType }).end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function asked(status: number, body: object, ledgerUrl: string | null = null): Promise<void> {
  const url = await answering(status, body);
  await requireSimulator({
    client: createClient({ baseUrl: url, apiKey: 'key' }),
    gateway: { url, apiKey: 'key' },
    stores: null,
    ledger: ledgerUrl === null ? null : { url: ledgerUrl, adminToken: 'token' },
    processes: [],
    isHere: false,
  });
}

const carrier = (standing: string) => ({
  carrierId: `carrier-${standing}`,
  carrierName: 'Carrier',
  standing,
  simulatorId: standing === 'simulator' ? simulatorId : null,
  breaker: 'closed',
  retryAt: null,
  stopped: null,
  noQuotesBefore: null,
  noPurchasesBefore: null,
  callsPerSecond: null,
  burst: null,
});

test('a fleet is flooded only where each of its carriers says of itself that it is the simulator', async () => {
  await asked(200, { items: [carrier('simulator')] });
  const mixed = { items: [carrier('simulator'), carrier('no_simulator')] };
  await expect(asked(200, mixed)).rejects.toThrow(
    /^Nothing was sent: .* carrier-no_simulator, which is not the simulator/,
  );
  const away = { items: [carrier('simulator'), carrier('unreachable')] };
  await expect(asked(200, away)).rejects.toThrow('does not reach carrier-unreachable');
  await expect(asked(200, { items: [] })).rejects.toThrow('buys labels from nobody');
});

test('a fleet that cannot tell is not flooded, nor what is none', async () => {
  const said = { type: 'about:blank', title: '', detail: '', instance: 'r', errors: [] };
  const unknown = { ...said, status: 404, code: 'http.not_found' };
  await expect(asked(404, unknown)).rejects.toThrow('cannot say whether it buys labels from the simulator');
  await expect(asked(200, { hello: 'world' })).rejects.toThrow('is no gateway of a fleet');
});

test('a book is that of the simulator the fleet buys from, or nothing is sent', async () => {
  const book = (id: string) =>
    answering(200, { simulator: true, simulatorId: id, totals: { charges: 0 }, charges: [], next: null });
  const fleet = { items: [carrier('simulator')] };
  await asked(200, fleet, await book(simulatorId));
  await expect(asked(200, fleet, await book('another'))).rejects.toThrow("is another simulator's than the one");
  await expect(asked(200, fleet, await answering(401, {}))).rejects.toThrow(
    'answered 401, so charges cannot be compared',
  );
});
