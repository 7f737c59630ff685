import type { HouseName } from './shipment.ts';

/** What a carrier offers for lost answers; a switch, so that every kind of carrier can be played. */
export interface Abilities {
  readonly idempotencyKeys: boolean;
  readonly lookUp: boolean;
}

export type AbilitiesByCarrier = Readonly<Record<HouseName, Abilities>>;

export const defaultAbilities: AbilitiesByCarrier = {
  express: { idempotencyKeys: true, lookUp: true },
  parcel: { idempotencyKeys: true, lookUp: true },
};
