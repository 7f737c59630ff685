import { setTimeout as wait } from 'node:timers/promises';
import { ApiProblem, type Client, createClient, routes } from '@ge/api';
import type { Database } from '@ge/database';
import { startService, type TestDatabase, testSpace } from '@ge/testkit';
import { sellerOf, soldSku } from './enabledTemplates.ts';

/** The processes that a region setting or a suspension goes through, with their defaults. */
export interface FanOutFleet {
  /** Saves a seller's region setting through the API; milliseconds from the request until its operation is closed. */
  saveSetting(sellerId: string, excludedDestinations: readonly string[]): Promise<number>;
  suspend(destination: string): Promise<Suspended>;
  stop(): Promise<void>;
}

/** Times in milliseconds, from the request to suspend. */
export interface Suspended {
  /** Until every template shows it, and every open order follows it. */
  readonly closed: number;
  /** Until the first order to the destination was refused, while one after another was asked for. */
  readonly refused: number;
}

const operatorKey = 'operator-key-of-a-benchmark';

export async function startFanOutFleet({ url: databaseUrl, database }: TestDatabase): Promise<FanOutFleet> {
  const space = testSpace();
  const env = { JOB_LOCK_MS: '15000', RELAY_RESEND_MS: '5000' };
  const services = await Promise.all([
    startService('relay', { databaseUrl, space, env }),
    startService('region-fanout', { databaseUrl, space, env }),
    startService('gateway', {
      databaseUrl,
      space,
      env: {
        ...env,
        PORT: '0',
        OPERATOR_KEY: operatorKey,
        ENROLLMENT_SECRETS: 'a-secret-that-is-only-good-for-benchmarks',
        CARRIER_URL: 'http://carrier.invalid',
        CARRIER_API_KEY: 'unused',
      },
    }),
  ]);
  const { port } = services[2].log.find(({ msg }) => msg === 'listening')!;
  const client = createClient({ baseUrl: `http://127.0.0.1:${port}`, apiKey: operatorKey, locale: 'en-US' });
  return {
    saveSetting: async (sellerId, excludedDestinations) => {
      const began = performance.now();
      const body = { excludedDestinations: [...excludedDestinations] };
      const { operationId } = await client.call(routes.regions.saveRegionSetting, { params: { sellerId }, body });
      await closed(database, operationId);
      return performance.now() - began;
    },
    suspend: async (destination) => {
      await placeOrder(client, destination);
      const began = performance.now();
      const refused = firstRefusal(client, destination).then(() => performance.now() - began);
      const body = { destination, reason: 'no flights' };
      const { operationId } = await client.call(routes.suspensions.suspend, { body });
      await closed(database, operationId);
      return { closed: performance.now() - began, refused: await refused };
    },
    stop: async () => {
      await Promise.all(services.map((service) => service.stop()));
    },
  };
}

async function closed(database: Database, operationId: string): Promise<void> {
  const deadline = performance.now() + 600_000;
  for (;;) {
    const [row] = await database.query<{ state: string }>('select state from operations where id = $1', [operationId]);
    if (row?.state === 'closed') return;
    if (performance.now() > deadline) throw new Error('the fan-out did not come to its end');
    await wait(5);
  }
}

async function firstRefusal(client: Client, destination: string): Promise<void> {
  for (;;) {
    try {
      await placeOrder(client, destination);
    } catch (error) {
      const said = error instanceof ApiProblem ? JSON.stringify(error.problem) : '';
      if (said.includes('template.destination_suspended')) return;
      throw error;
    }
  }
}

let placed = 0;

function placeOrder(client: Client, destination: string) {
  placed += 1;
  return client.call(routes.orders.createOrder, {
    params: { sellerId: sellerOf(0) },
    body: {
      orderId: `114-${String(placed).padStart(7, '0')}-7654321`,
      isGlobalExpress: true,
      destination,
      lines: [{ lineId: 'L1', sku: soldSku, quantity: 1, unitPrice: { minor: 25_99, currency: 'USD' } }],
      handlingDays: 2,
      shipTo: {
        name: 'A. Buyer',
        line1: '5 Main Street',
        city: 'Capital',
        postalCode: '10115',
        country: destination,
        phone: '+49 30 555010',
      },
    },
  });
}
