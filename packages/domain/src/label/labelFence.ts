import { accept, type Decision, refuse } from '../refusal/refusal.ts';
import type { LabelPurchase, LabelState } from './labelPurchase.ts';
import type { OwnLabelReason } from './labelReasons.ts';
import { labelRefusals } from './labelRefusals.ts';
import { mayLabelBecome } from './labelTransitions.ts';

/** Why a label waits for a person; shown to operators, stored as its reason. */
export type ParkReason = Extract<
  OwnLabelReason,
  'no_key_and_no_look_up' | 'key_expired' | 'request_changed' | 'look_ups_exhausted' | 'given_up'
>;

/** Refused unless the caller still holds the label: same fence, and the label is in the state the caller left it in. */
export function requireHolder(label: LabelPurchase, fence: number, from: LabelState, next: LabelState): Decision<null> {
  if (label.fence !== fence) {
    return refuse(labelRefusals.refusal('label.fence_stale', '', { fence, current: label.fence }));
  }
  if (label.state !== from) {
    return refuse(labelRefusals.refusal('label.wrong_state', '', { state: label.state, next }));
  }
  return accept(null);
}

/** The only way a label changes its state. Throws on a change the table does not allow: a mistake in this folder. */
export function become(label: LabelPurchase, state: LabelState, change: Partial<LabelPurchase> = {}): LabelPurchase {
  if (!mayLabelBecome(label.state, state)) throw new Error(`a label cannot go from ${label.state} to ${state}`);
  return { ...label, ...change, state };
}

/** Left to a person; the lease ends, `endedAt` stays open. */
export const park = (label: LabelPurchase, reason: ParkReason): LabelPurchase =>
  become(label, 'parked', { reason, leaseUntil: null });
