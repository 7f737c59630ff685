import { accept, type Decision, refuse } from '../refusal/refusal.ts';
import { type CarrierAbilities, resolutionFor } from './carrierAbilities.ts';
import { become, park } from './labelFence.ts';
import type { LabelPurchase } from './labelPurchase.ts';
import { labelRefusals } from './labelRefusals.ts';

/** What the holder of a claim has to do at the carrier; `none`: the claim itself parked the label. */
export type LabelTask = 'buy' | 'look_up' | 'repeat' | 'void' | 'none';

export interface LabelClaim {
  readonly label: LabelPurchase;
  readonly task: LabelTask;
}

/**
 * Takes the label for `leaseMs`: the fence grows by one, so whoever held it before can no longer write.
 * A claim that ran out before anything was sent starts over; one that ran out after `sent` makes the outcome unknown.
 * Refused while another lease runs (`label.lease_held`) and when nothing is owed at the carrier (`label.nothing_owed`).
 */
export function claimLabel(
  label: LabelPurchase,
  carrier: CarrierAbilities,
  leaseMs: number,
  now: Date,
): Decision<LabelClaim> {
  if (label.leaseUntil !== null && label.leaseUntil.getTime() > now.getTime()) {
    return refuse(labelRefusals.refusal('label.lease_held', '', { until: label.leaseUntil.toISOString() }));
  }
  const held = { fence: label.fence + 1, leaseUntil: new Date(now.getTime() + leaseMs) };
  switch (label.state) {
    case 'requested':
    case 'claimed':
      return accept({ label: become(label, 'claimed', held), task: 'buy' });
    case 'sent':
    case 'unknown':
      return accept(resolve(become(label, 'unknown', held), carrier, held.leaseUntil));
    case 'voiding':
      return accept({ label: become(label, 'voiding', held), task: 'void' });
    default:
      return refuse(labelRefusals.refusal('label.nothing_owed', '', { state: label.state }));
  }
}

function resolve(label: LabelPurchase, carrier: CarrierAbilities, until: Date): LabelClaim {
  const resolution = resolutionFor(carrier, label.sentAt, until);
  if (resolution !== 'park') return { label, task: resolution };
  return { label: park(label, carrier.idempotencyKey ? 'key_expired' : 'no_key_and_no_look_up'), task: 'none' };
}
