import { accept, type Decision } from '../refusal/refusal.ts';
import type { CarrierAbilities } from './carrierAbilities.ts';
import { become, park, requireHolder } from './labelFence.ts';
import type { LabelPurchase } from './labelPurchase.ts';
import { type BoughtShipment, bought, refusedBy } from './labelSettlement.ts';

/**
 * What a look-up, or a repeat under the same key, brought. `not_bought` can only come of a look-up.
 * `voided`: found, but already taken back, so nothing is charged. Further charges of the intent are asked back apart.
 */
export type LookUpAnswer =
  | { readonly kind: 'bought'; readonly shipment: BoughtShipment; readonly voided: boolean }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'not_bought' }
  | { readonly kind: 'unknown'; readonly retryAfterSeconds?: number | undefined };

export interface LookUpSettlement {
  /** `requested_again`: provably not bought, may be claimed and sent with the same key and body. */
  readonly kind: 'purchased' | 'refused' | 'requested_again' | 'still_unknown' | 'parked';
  readonly label: LabelPurchase;
  /** When to ask again; null unless `still_unknown`. */
  readonly nextLookUpAt: Date | null;
}

/** After so many look-ups without a result (about nine hours) a person decides. */
export const MAX_LOOK_UPS = 50;

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 15 * 60_000;
/** Slow at first: a label that was unlucky a few times is not to wait long once its carrier is well again. */
const GROWTH = 1.5;

const pauseAfter = (lookUps: number): number =>
  Math.min(Math.round(FIRST_PAUSE_MS * GROWTH ** Math.min(lookUps, 40)), LONGEST_PAUSE_MS);

const ended = (kind: LookUpSettlement['kind'], label: LabelPurchase): Decision<LookUpSettlement> =>
  accept({ kind, label, nextLookUpAt: null });

/**
 * Settles one attempt to find out. "Not bought" is believed only after the carrier's horizon, counted from `sent`,
 * and only of a carrier that has a look-up; until then the outcome stays unknown.
 */
export function settleLookUp(
  label: LabelPurchase,
  fence: number,
  answer: LookUpAnswer,
  carrier: CarrierAbilities,
  now: Date,
): Decision<LookUpSettlement> {
  const holder = requireHolder(label, fence, 'unknown', 'unknown');
  if (!holder.ok) return holder;
  const asked: LabelPurchase = { ...label, lookUps: label.lookUps + 1 };
  switch (answer.kind) {
    case 'bought':
      if (answer.voided) return ended('refused', refusedBy(asked, 'voided_at_carrier', now));
      return ended('purchased', bought(asked, answer.shipment, now));
    case 'refused':
      return ended('refused', refusedBy(asked, answer.code, now));
    case 'not_bought':
      if (carrier.lookUp && horizonPassed(label, carrier, now)) {
        return ended('requested_again', become(asked, 'requested', { leaseUntil: null }));
      }
      return stillUnknown(asked, carrier, 0, now);
    case 'unknown':
      return stillUnknown(asked, carrier, answer.retryAfterSeconds ?? 0, now);
  }
}

const horizonEnd = (label: LabelPurchase, carrier: CarrierAbilities): number =>
  label.sentAt === null ? Number.POSITIVE_INFINITY : label.sentAt.getTime() + carrier.horizonMs;

const horizonPassed = (label: LabelPurchase, carrier: CarrierAbilities, now: Date): boolean =>
  now.getTime() >= horizonEnd(label, carrier);

function stillUnknown(
  label: LabelPurchase,
  carrier: CarrierAbilities,
  retryAfterSeconds: number,
  now: Date,
): Decision<LookUpSettlement> {
  if (label.lookUps >= MAX_LOOK_UPS) return ended('parked', park(label, 'look_ups_exhausted'));
  const later = now.getTime() + Math.max(pauseAfter(label.lookUps), retryAfterSeconds * 1000);
  const horizon = horizonEnd(label, carrier);
  // The first look-up after the horizon can settle it, so none is put off past that moment without need.
  const next = retryAfterSeconds === 0 && now.getTime() < horizon ? Math.min(horizon, later) : later;
  return accept({
    kind: 'still_unknown',
    label: become(label, 'unknown', { leaseUntil: null }),
    nextLookUpAt: new Date(next),
  });
}
