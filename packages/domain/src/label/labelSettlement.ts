import type { DocumentId } from '../identity/ids.ts';
import type { Money } from '../money/money.ts';
import { accept, type Decision, refuse } from '../refusal/refusal.ts';
import { become, requireHolder } from './labelFence.ts';
import type { LabelPurchase } from './labelPurchase.ts';
import { labelRefusals } from './labelRefusals.ts';

/** What the carrier charged and gave. */
export interface BoughtShipment {
  readonly charge: Money;
  readonly shipmentRef: string;
  readonly trackingId: string;
  /** null when the document is stored later. */
  readonly documentId: DocumentId | null;
}

/**
 * `refused` and `not_now` only when the carrier provably bought nothing (`not_now`: the same request may be sent again,
 * for instance after a rate limit); a lost connection, a timeout or a 5xx is `unknown`.
 */
export type PurchaseOutcome =
  | { readonly kind: 'purchased'; readonly shipment: BoughtShipment }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'not_now' }
  | { readonly kind: 'unknown' };

export const bought = (label: LabelPurchase, shipment: BoughtShipment, now: Date): LabelPurchase =>
  become(label, 'purchased', { ...shipment, reason: null, leaseUntil: null, endedAt: now });

export const refusedBy = (label: LabelPurchase, reason: string, now: Date): LabelPurchase =>
  become(label, 'refused', { reason, leaseUntil: null, endedAt: now });

/** Records what became of the call. Refused (`label.fence_stale`) when somebody else has taken the label over meanwhile. */
export function settlePurchase(
  label: LabelPurchase,
  fence: number,
  outcome: PurchaseOutcome,
  now: Date,
): Decision<LabelPurchase> {
  const next = outcome.kind === 'not_now' ? 'requested' : outcome.kind;
  const holder = requireHolder(label, fence, 'sent', next);
  if (!holder.ok) return holder;
  switch (outcome.kind) {
    case 'purchased':
      return accept(bought(label, outcome.shipment, now));
    case 'refused':
      return accept(refusedBy(label, outcome.code, now));
    case 'not_now':
      return accept(become(label, 'requested', { leaseUntil: null }));
    case 'unknown':
      return accept(become(label, 'unknown', { leaseUntil: null }));
  }
}

/** What a person found out about a parked label. */
export type ParkedFinding =
  | { readonly kind: 'bought'; readonly shipment: BoughtShipment }
  | { readonly kind: 'not_bought' };

/** A parked label never goes out again: when nothing was bought it ends refused, and the seller may ask for a new one. */
export function resolveParked(label: LabelPurchase, finding: ParkedFinding, now: Date): Decision<LabelPurchase> {
  if (label.state !== 'parked') return refuse(labelRefusals.refusal('label.not_parked', '', { state: label.state }));
  if (finding.kind === 'bought') return accept(bought(label, finding.shipment, now));
  return accept(refusedBy(label, 'resolved_not_bought', now));
}
