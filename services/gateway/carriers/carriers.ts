import { routes } from '@ge/api';
import { readCarrierStandings } from '@ge/database';
import { handleAfter } from '../http/handler.ts';

const standings = { simulator: 'simulator', no_simulator: 'no_simulator', unavailable: 'unreachable' } as const;

/**
 * The carriers that quotes come from, and so all that labels are bought from: a worker buys by the token of an offer, which only
 * the carrier that made it takes. Asked anew each time: there may be another behind an address than a minute ago.
 */
export const listCarriers = handleAfter(
  routes.carriers.listCarriers,
  ({ surroundings: { carriers, config } }) =>
    Promise.all(
      carriers.carriers.map(async (carrier) => {
        const said = await carrier.isSimulator({ timeoutMs: config.CARRIER_TIMEOUT_MS });
        return {
          carrierId: carrier.profile.id,
          carrierName: carrier.profile.name,
          standing: standings[said.kind],
          callsPerSecond: carrier.profile.rate,
          burst: carrier.profile.rate === null ? null : carrier.profile.burst,
          simulatorId: said.kind === 'simulator' ? said.simulatorId : null,
        };
      }),
    ),
  async ({ tx }, carriers) => {
    const kept = new Map((await readCarrierStandings(tx)).map((standing) => [standing.carrierId, standing]));
    const items = carriers.map((carrier) => {
      const { breaker = 'closed', retryAt = null } = kept.get(carrier.carrierId) ?? {};
      return { ...carrier, breaker, retryAt };
    });
    return { status: 200, body: { items } };
  },
);
