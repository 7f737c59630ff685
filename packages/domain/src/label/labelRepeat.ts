import { accept, type Decision } from '../refusal/refusal.ts';
import { park, requireHolder } from './labelFence.ts';
import type { LabelPurchase } from './labelPurchase.ts';

/**
 * Before a purchase with an unknown outcome is repeated under its key: only the body that was sent first may go out again.
 * Another one, or none (`null`: the address was erased meanwhile), parks the label as `request_changed`.
 */
export function checkRepeat(label: LabelPurchase, fence: number, requestHash: string | null): Decision<LabelPurchase> {
  const holder = requireHolder(label, fence, 'unknown', 'unknown');
  if (!holder.ok) return holder;
  return accept(label.requestHash === requestHash ? label : park(label, 'request_changed'));
}
