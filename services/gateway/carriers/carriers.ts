import { routes } from '@ge/api';
import { databaseTime, letCarrierGoOn, standingsByCarrier, stopCarrier } from '@ge/database';
import { askedOffUntil, type CarrierStanding, goodStanding } from '@ge/domain';
import { deedOf } from '../audit/writeAudit.ts';
import { handle, handleAfter } from '../http/handler.ts';
import { carrierNamed } from './carrierNamed.ts';

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
    const kept = await standingsByCarrier(tx);
    const at = await databaseTime(tx);
    const items = carriers.map((carrier) => ({
      ...carrier,
      ...breakerShown(kept.get(carrier.carrierId) ?? goodStanding(carrier.carrierId, at), at),
    }));
    return { status: 200, body: { items } };
  },
);

export const setBreaker = handle(routes.carriers.setBreaker, async (call) => {
  const { id } = carrierNamed(call.surroundings, call.params.carrierId).profile;
  const { body } = call;
  const standing = await (body.state === 'open'
    ? stopCarrier(deedOf(call, body.reason), id)
    : letCarrierGoOn(deedOf(call, body.reason ?? null), id));
  return { status: 200, body: breakerShown(standing, await databaseTime(call.tx)) };
});

/** What is stopped by hand is open, whatever was heard of it. `at`: by the database's clock, as standings are. */
function breakerShown(standing: CarrierStanding, at: Date) {
  const { carrierId, breaker, retryAt, stoppedAt, stopReason } = standing;
  const shown = {
    carrierId,
    noQuotesBefore: askedOffUntil(standing, 'quote', at),
    noPurchasesBefore: askedOffUntil(standing, 'buy', at),
  };
  if (stoppedAt === null) return { ...shown, breaker, retryAt, stopped: null };
  const stopped = { at: stoppedAt, reason: stopReason ?? '' };
  return { ...shown, breaker: 'open' as const, retryAt: null, stopped };
}
