import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ready } from './purchaseFixture.ts';
import { call, houses, patience, startRig } from './simulatorFixture.ts';

it('what nobody took is told by the next process with the same book', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'carrier-webhooks-'));
  let told = 0;
  const server = createServer((request, response) => {
    told += 1;
    request.resume().on('end', () => response.end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = (port: number) => `http://127.0.0.1:${port}/told`;
  const { port } = server.address() as AddressInfo;
  const options = (to: number) => ({
    databaseFile: join(folder, 'ledger.sqlite'),
    webhooks: { express: { url: url(to), keyId: 'k', secret: 's'.repeat(32) } },
  });
  {
    // Port 1 answers nobody.
    await using first = await startRig(options(1));
    const { carrier, prepared } = await ready(first, houses[0], 'lbl_restart');
    const bought = await carrier.buy(prepared, call);
    if (bought.kind !== 'purchased') throw new Error(bought.kind);
    await first.admin(`/tracking/${bought.trackingId}/events`, { method: 'POST', body: { code: 'first_scan' } });
    const sent = async () =>
      ((await (await first.admin('/webhooks')).json()) as { express: { sent: number } }).express.sent;
    await expect.poll(sent, patience).toBeGreaterThan(0);
  }
  {
    await using second = await startRig(options(port));
    await expect
      .poll(async () => (await second.admin('/webhooks')).json(), patience)
      .toMatchObject({ express: { waiting: 0, taken: 1 } });
    expect(told).toBe(1);
  }
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});
