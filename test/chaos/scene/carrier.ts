import { type CarrierSimulator, type LedgerTotals, startCarrierSimulator } from '@ge/carrier-simulator';

const adminToken = 'an-admin-token-for-tests';
export const carrierKey = 'a-carrier-key-for-tests';

/** The carriers of a scene, with their own book of what they charged. */
export async function openCarrier(databaseFile?: string) {
  const options = { adminToken, apiKey: carrierKey, databaseFile };
  const simulator: CarrierSimulator = await startCarrierSimulator(options);
  return {
    env: {
      CARRIER_URL: simulator.url,
      CARRIER_API_KEY: carrierKey,
      CARRIERS: JSON.stringify({
        'simulator-express': { horizonMs: 2_500 },
        'simulator-parcel': { horizonMs: 2_500 },
      }),
    },
    url: simulator.url,
    book: { url: simulator.url, adminToken },
    ledger: async (): Promise<LedgerTotals> => {
      const answer = await fetch(`${simulator.url}/ledger?limit=1`, {
        headers: { authorization: `Bearer ${adminToken}` },
      });
      return ((await answer.json()) as { totals: LedgerTotals }).totals;
    },
    close: () => simulator.close(0),
  };
}
