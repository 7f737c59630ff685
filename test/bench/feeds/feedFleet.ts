import { openAsBlob } from 'node:fs';
import { type Client, createClient, routes } from '@ge/api';
import { type ServiceProcess, startService, testSpace } from '@ge/testkit';
import { seller } from './scene.ts';

/** What a feed goes through, each a process of its own with its defaults. */
export interface FeedFleet {
  readonly relay: ServiceProcess;
  readonly worker: ServiceProcess;
  readonly gateway: ServiceProcess;
  readonly client: Client;
  stop(): Promise<void>;
}

/** @param execArgv what Node is told for the worker */
export async function startFeedFleet(databaseUrl: string, execArgv: readonly string[] = []): Promise<FeedFleet> {
  const options = { databaseUrl, space: testSpace(), env: { JOB_LOCK_MS: '15000', RELAY_RESEND_MS: '5000' } };
  const apiKey = `operator-${crypto.randomUUID()}`;
  const gatewayEnv = {
    PORT: '0',
    OPERATOR_KEY: apiKey,
    ENROLLMENT_SECRETS: 'a-secret-that-is-only-good-for-benches',
    CARRIER_URL: 'http://carrier.invalid',
    CARRIER_API_KEY: 'unused',
  };
  const [relay, worker, gateway] = await Promise.all([
    startService('relay', options),
    startService('sku-assignment', { ...options, execArgv }),
    startService('gateway', { ...options, env: { ...options.env, ...gatewayEnv } }),
  ]);
  const port = gateway.log.find(({ msg }) => msg === 'listening')?.port;
  return {
    relay,
    worker,
    gateway,
    client: createClient({ baseUrl: `http://127.0.0.1:${port}`, apiKey }),
    stop: async () => {
      await Promise.all([relay, worker, gateway].map((service) => service.stop()));
    },
  };
}

/** Sends the file as the seller's next feed; returns its id once the gateway has taken it in. */
export async function uploadFeed(client: Client, file: string): Promise<string> {
  const { feedId } = await client.call(routes.feeds.uploadFeed, {
    params: { sellerId: seller as never },
    query: { type: 'inventory-loader' },
    upload: { bytes: await openAsBlob(file), mediaType: 'text/tab-separated-values' },
  });
  return feedId;
}
