import { accept, type Decision, type Refusal, refuse } from '../refusal/refusal.ts';
import type { CarrierAbilities } from './carrierAbilities.ts';
import { become, requireHolder } from './labelFence.ts';
import { MAX_LOOK_UPS } from './labelLookUp.ts';
import type { LabelPurchase } from './labelPurchase.ts';
import { labelRefusals } from './labelRefusals.ts';

const DAY_MS = 86_400_000;

/** Asks for a purchased label to be taken back: not once the parcel was scanned, nor after the carrier's window. */
export function requestVoid(
  label: LabelPurchase,
  firstScanAt: Date | null,
  carrier: Pick<CarrierAbilities, 'voidWindowDays'>,
  now: Date,
): Decision<LabelPurchase> {
  if (label.state !== 'purchased' && label.state !== 'void_refused') {
    return refuse(labelRefusals.refusal('label.not_voidable', '', { state: label.state }));
  }
  const refusals: Refusal[] = [];
  if (firstScanAt !== null) refusals.push(labelRefusals.refusal('label.already_scanned', ''));
  const boughtAt = label.endedAt ?? label.createdAt;
  const days = carrier.voidWindowDays;
  if (now.getTime() > boughtAt.getTime() + days * DAY_MS) {
    refusals.push(labelRefusals.refusal('label.void_window_passed', '', { days }));
  }
  if (refusals.length > 0) return refuse(...refusals);
  return accept(become(label, 'voiding', { lookUps: 0, reason: null, leaseUntil: null }));
}

export type VoidOutcome =
  | { readonly kind: 'voided' }
  /** Taken in; whether the charge comes back is said later. */
  | { readonly kind: 'pending' }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'unknown' };

/**
 * Records what the carrier said of the void. Unlike a purchase a void may be repeated: a lost answer leaves the label
 * `voiding`, to be claimed again, and ends as `void_refused` when the carrier never answers. While it is pending it is `voiding`
 * too: the label is not used any more, and its charge stands until it was given back.
 */
export function settleVoid(
  label: LabelPurchase,
  fence: number,
  outcome: VoidOutcome,
  now: Date,
): Decision<LabelPurchase> {
  const holder = requireHolder(label, fence, 'voiding', outcome.kind === 'voided' ? 'voided' : 'void_refused');
  if (!holder.ok) return holder;
  if (outcome.kind === 'voided') return accept(become(label, 'voided', { leaseUntil: null, endedAt: now }));
  if (outcome.kind === 'refused') {
    return accept(become(label, 'void_refused', { reason: outcome.code, leaseUntil: null }));
  }
  if (outcome.kind === 'pending') return accept(become(label, 'voiding', { lookUps: 0, leaseUntil: null }));
  const lookUps = label.lookUps + 1;
  if (lookUps >= MAX_LOOK_UPS) {
    return accept(become(label, 'void_refused', { lookUps, reason: 'carrier_silent', leaseUntil: null }));
  }
  return accept(become(label, 'voiding', { lookUps, leaseUntil: null }));
}
