import { createCarrierRegistry, type Offer } from '@ge/carriers';
import { enquiry, type ServiceProcess, startService, testSpace } from '@ge/testkit';

export const carrierKey = 'a-carrier-key-for-the-bench';
const adminToken = 'an-admin-token-for-the-bench';

export const carrierLatencyMs = 50;

/** A carrier simulator as a process of its own, with its book in memory. */
export interface BenchCarrier {
  readonly process: ServiceProcess;
  readonly url: string;
  /** An offer for the parcel that is bought all the time; it holds for ten minutes. */
  offer(): Promise<Offer>;
  /** @throws Error where somebody was charged twice for one label */
  charges(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts a carrier that answers after 50 ms and prints each kind of document once. */
export async function startBenchCarrier(): Promise<BenchCarrier> {
  const process = await startService('carrier-simulator', {
    databaseUrl: '',
    space: testSpace(),
    env: {
      PORT: '0',
      LATENCY_MS: String(carrierLatencyMs),
      PREPARED_DOCUMENTS: 'true',
      ADMIN_TOKEN: adminToken,
      API_KEY: carrierKey,
    },
  });
  const url = String(process.log.find((line) => line.url !== undefined)!.url);
  return {
    process,
    url,
    offer: async () => {
      const registry = createCarrierRegistry([{ id: 'simulator-express', baseUrl: url, apiKey: carrierKey }]);
      const quote = await registry.carriers[0]!.quote(enquiry(), { timeoutMs: 5_000 });
      await registry.close();
      if (quote.kind !== 'quoted' || !quote.offers[0]) throw new Error(`the carrier made no offer: ${quote.kind}`);
      return quote.offers[0];
    },
    charges: async () => {
      const answer = await fetch(`${url}/ledger?limit=1`, { headers: { authorization: `Bearer ${adminToken}` } });
      const { totals } = (await answer.json()) as { totals: { charges: number; doubleCharged: number } };
      if (totals.doubleCharged > 0) throw new Error(`${totals.doubleCharged} labels were charged twice`);
      return totals.charges;
    },
    stop: () => process.stop(),
  };
}
