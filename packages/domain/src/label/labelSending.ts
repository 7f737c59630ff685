import type { LabelBatch } from '../labelBatch/labelBatch.ts';
import type { Order } from '../order/order.ts';
import { accept, type Decision, refuse } from '../refusal/refusal.ts';
import { become, park, requireHolder } from './labelFence.ts';
import type { LabelPurchase } from './labelPurchase.ts';
import type { OwnLabelReason } from './labelReasons.ts';
import { labelRefusals } from './labelRefusals.ts';

/**
 * The last look before money moves (R13): the order may have been cancelled or held, or its destination suspended,
 * or the rest of its batch cancelled, since the label was asked for. Returns the reason not to send, or null.
 */
export function reasonNotToSend(
  order: Pick<Order, 'state' | 'shipTo'>,
  suspended: boolean,
  batch: Pick<LabelBatch, 'state'> | null = null,
): OwnLabelReason | null {
  if (batch?.state === 'cancelled') return 'batch_cancelled';
  if (order.state === 'cancelled') return 'order_cancelled';
  if (suspended || order.state === 'held') return 'destination_suspended';
  if (order.shipTo === null) return 'address_erased';
  return null;
}

/**
 * To be committed before the call goes out; the lease is renewed for it.
 * A repeat must send the body that was sent first: another hash parks the label (`request_changed`).
 * A claim whose lease ran out no longer sends (`label.fence_stale`).
 */
export function markSent(
  label: LabelPurchase,
  fence: number,
  requestHash: string,
  leaseMs: number,
  now: Date,
): Decision<LabelPurchase> {
  const holder = requireHolder(label, fence, 'claimed', 'sent');
  if (!holder.ok) return holder;
  if (label.leaseUntil === null || label.leaseUntil.getTime() <= now.getTime()) {
    return refuse(labelRefusals.refusal('label.fence_stale', '', { fence, current: label.fence }));
  }
  if (label.requestHash !== null && label.requestHash !== requestHash) return accept(park(label, 'request_changed'));
  return accept(become(label, 'sent', { requestHash, sentAt: now, leaseUntil: new Date(now.getTime() + leaseMs) }));
}

/** Ends a claim without a call: the order no longer ships, or something it needs is gone. Nothing was charged. */
export function refuseUnsent(
  label: LabelPurchase,
  fence: number,
  reason: OwnLabelReason,
  now: Date,
): Decision<LabelPurchase> {
  const holder = requireHolder(label, fence, 'claimed', 'refused');
  return holder.ok ? accept(become(label, 'refused', { reason, leaseUntil: null, endedAt: now })) : holder;
}
