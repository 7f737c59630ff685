import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CarrierSimulator, startCarrierSimulator } from '../index.ts';
import { adminToken } from './simulatorFixture.ts';

let simulator: CarrierSimulator;

beforeEach(async () => {
  simulator = await startCarrierSimulator({ adminToken });
});

afterEach(async () => {
  await simulator.close(0);
});

const counters = [
  ['/express/shipments', { 'dhl-api-key': 'key' }],
  ['/parcel/api/shipments/v1/ship', { authorization: 'Bearer key' }],
  ['/easypost/v2/shipments/shp_1/buy', { authorization: 'Basic a2V5Og==' }],
] as const;
const body = '{}';

/** Sends a whole request and is gone before anybody can have answered. */
async function sendAndHangUp(path: string, headers: Readonly<Record<string, string>>): Promise<void> {
  const { hostname, port } = new URL(simulator.url);
  const lines = Object.entries({ host: hostname, 'content-length': body.length, ...headers });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const socket = connect(Number(port), hostname, () => {
    socket.write(`POST ${path} HTTP/1.1\r\n${head}\r\n${body}`);
    socket.destroy();
  });
  await once(socket, 'close');
}

test.each(counters)(
  'who hangs up before %s was read is not taken for a caller who sent nothing',
  async (path, credential) => {
    const headers = { ...credential, 'content-type': 'application/json' };
    await sendAndHangUp(path, headers);
    // Whoever comes after is heard after.
    await fetch(simulator.url + path, { method: 'POST', headers, body });
    const answer = await fetch(`${simulator.url}/ledger/calls`, { headers: { authorization: `Bearer ${adminToken}` } });
    const { calls } = (await answer.json()) as { calls: readonly { readonly bodyHash: string }[] };
    // It may have been read in time all the same.
    const heard = new Set(calls.map(({ bodyHash }) => bodyHash));
    expect(heard).toEqual(new Set([createHash('sha256').update(body).digest('hex')]));
  },
);
