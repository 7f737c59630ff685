import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { routes } from '@ge/api';
import { type CarrierSimulator, startCarrierSimulator } from '@ge/carrier-simulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startGateway, type TestGateway } from './startGateway.ts';

let simulator: CarrierSimulator;
let gateway: TestGateway;
beforeAll(async () => {
  simulator = await startCarrierSimulator();
  gateway = await startGateway({ CARRIER_URL: simulator.url });
});
afterAll(async () => {
  await gateway?.close();
  await simulator?.close();
});

const standings = async (env: Readonly<Record<string, string>> = {}) => {
  const other = await gateway.another(env);
  try {
    const { items } = await other.operator.call(routes.carriers.listCarriers);
    return items.map(({ carrierId, standing, simulatorId }) => [carrierId, standing, simulatorId]);
  } finally {
    await other.close();
  }
};

test('the fleet says that it buys from the simulator because what answers there says so', async () => {
  const { simulatorId } = (await (await fetch(simulator.url)).json()) as { simulatorId: string };
  expect(await standings()).toEqual([
    ['simulator-express', 'simulator', simulatorId],
    ['simulator-parcel', 'simulator', simulatorId],
  ]);
});

test('it does not say so of a carrier that only bears the name, nor of one that does not answer', async () => {
  const imposter = createServer((_, response) => response.setHeader('x-carrier-simulator', 'yes').end('{"ok":true}'));
  imposter.listen(0, '127.0.0.1');
  await once(imposter, 'listening');
  try {
    const url = `http://127.0.0.1:${(imposter.address() as AddressInfo).port}`;
    const CARRIERS = JSON.stringify({
      'simulator-express': { url },
      'simulator-parcel': { url: 'http://127.0.0.1:1' },
    });
    expect(await standings({ CARRIERS })).toEqual([
      ['simulator-express', 'no_simulator', null],
      ['simulator-parcel', 'unreachable', null],
    ]);
  } finally {
    imposter.closeAllConnections();
    imposter.close();
  }
});
