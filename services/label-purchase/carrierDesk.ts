import type { SharedGate } from '@ge/carrier-gate';
import { type CarrierRegistry, carrierSettings, createCarrierRegistry, type HeldCall } from '@ge/carriers';
import type { CarrierAbilities } from '@ge/domain';
import type { ServiceContext } from '@ge/runtime';
import type { LabelPurchaseConfig } from './config.ts';

/** The carriers of this process, and how long it may take over a call. */
export interface CarrierDesk {
  readonly carriers: CarrierRegistry;
  readonly callsInFlight: number;
  /** Deadline of one call. */
  readonly timeoutMs: number;
  /** How long a claim lasts; longer than a call, so that a call under way is always somebody's. */
  readonly leaseMs: number;
  /** After this much of a lease a call no longer leaves: it could outlast the claim it was made under. */
  readonly lastCallMs: number;
  /** Why purchases at a carrier are better not begun now, and for how long; null where they may. */
  readonly heldFor: (carrierId: string) => HeldCall | null;
  readonly logger: Pick<ServiceContext['logger'], 'warn' | 'error'>;
}

/**
 * `gate`: what calls pass where others call the same carriers.
 * Throws when a carrier's horizon ends before the last call of a claim has: then "not bought" could not be believed.
 */
export function openCarrierDesk(
  config: LabelPurchaseConfig,
  logger: CarrierDesk['logger'],
  gate?: SharedGate,
): CarrierDesk {
  const { CALLS_IN_FLIGHT, CARRIER_TIMEOUT_MS, LEASE_MARGIN_MS } = config;
  const carriers = createCarrierRegistry(carrierSettings(config, Math.max(256, 3 * CALLS_IN_FLIGHT), gate));
  const leaseMs = CARRIER_TIMEOUT_MS + LEASE_MARGIN_MS;
  for (const { profile } of carriers.carriers) {
    if (profile.horizonMs < leaseMs) {
      throw new Error(`the horizon of ${profile.id} (${profile.horizonMs} ms) is shorter than a claim (${leaseMs} ms)`);
    }
  }
  return {
    carriers,
    callsInFlight: CALLS_IN_FLIGHT,
    timeoutMs: CARRIER_TIMEOUT_MS,
    leaseMs,
    lastCallMs: LEASE_MARGIN_MS / 2,
    heldFor: (carrierId) => {
      const carrier = carriers.carrierById(carrierId);
      return (carrier && gate?.heldFor(carrier.profile)) ?? null;
    },
    logger,
  };
}

/** A carrier that is not configured (any more): nothing can be asked of it, so what was sent to it waits for a person. */
const unreachableCarrier: CarrierAbilities = {
  idempotencyKey: false,
  keyLifetimeMs: 0,
  lookUp: false,
  horizonMs: Number.POSITIVE_INFINITY,
  voidWindowDays: 0,
};

export const abilitiesOf = ({ carriers }: CarrierDesk, carrierId: string): CarrierAbilities =>
  carriers.carrierById(carrierId)?.profile ?? unreachableCarrier;
