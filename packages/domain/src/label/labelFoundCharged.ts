import { become } from './labelFence.ts';
import type { LabelPurchase } from './labelPurchase.ts';

/**
 * A carrier's statement charges a label that, here, was never sent: the database is older than the charge. Whoever holds it
 * loses it, and it is looked up before anything is bought; the same label where it is in any other state.
 */
export function takeUpCharge(label: LabelPurchase, chargedAt: Date): LabelPurchase {
  if (label.state !== 'requested' && label.state !== 'claimed') return label;
  return become(label, 'unknown', { fence: label.fence + 1, leaseUntil: null, sentAt: chargedAt });
}
