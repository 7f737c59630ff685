import type { Enrollment } from '../enrollment/enrollment.ts';
import type { Feed } from '../feed/feed.ts';
import { noCounts } from '../feed/feedCounts.ts';
import type { LabelPurchase } from '../label/labelPurchase.ts';
import { type LabelBatch, type StandingCounts, shownBatchState } from '../labelBatch/labelBatch.ts';
import type { CarrierAwaited } from '../labelBatch/labelsAhead.ts';
import type { Operation } from '../operation/operation.ts';
import type { Order } from '../order/order.ts';
import type { Suspension } from '../region/regionSetting.ts';
import { isSuspended } from '../region/suspendDestination.ts';
import { exportabilityOf } from '../sku/exportability.ts';
import type { Sku } from '../sku/sku.ts';
import type { ShippingTemplate } from '../template/shippingTemplate.ts';
import { type WhyReason, whyReason, whyRefused } from './whyReason.ts';

export function whyOperation(operation: Omit<Operation, 'id' | 'sellerId'>): readonly WhyReason[] {
  const { total, done, failed, cancelled } = operation;
  const open = total - done - failed - cancelled;
  if (operation.state === 'closed')
    return failed + cancelled === 0
      ? [whyReason('operation.complete', { total })]
      : [whyReason('operation.incomplete', { total, done, failed, cancelled })];
  return [
    whyReason('operation.open', { total, open, failed }),
    ...(operation.fannedOut ? [] : [whyReason('operation.fanning_out')]),
  ];
}

/** `before`: the feed of the seller that has to end first (R15). */
export function whyFeed(feed: Feed, before: Pick<Feed, 'id' | 'state'> | null): readonly WhyReason[] {
  switch (feed.state) {
    case 'IN_QUEUE':
      return [before ? whyReason('feed.behind', { feedId: before.id, state: before.state }) : whyReason('feed.queued')];
    case 'IN_PROGRESS':
      return [whyReason('feed.under_way', { settled: feed.settledRows, staged: feed.stagedRows })];
    case 'DONE':
      return [whyReason('feed.done', { ...(feed.counts ?? noCounts) })];
    case 'CANCELLED':
      return [whyReason('feed.cancelled')];
    case 'FATAL':
      return [whyReason('feed.fatal', { code: feed.fatalCode ?? '–' })];
  }
}

const labelCodes = {
  requested: 'label.requested',
  claimed: 'label.requested',
  sent: 'label.sent',
  purchased: 'label.purchased',
  refused: 'label.refused',
  unknown: 'label.unknown',
  parked: 'label.parked',
  voiding: 'label.voiding',
  voided: 'label.voided',
  void_refused: 'label.void_refused',
} as const satisfies Record<LabelPurchase['state'], string>;

export function whyLabel(label: LabelPurchase): readonly WhyReason[] {
  const { id: labelId, carrierId: carrier, lookUps, leaseUntil } = label;
  const params = { labelId, carrier, lookUps, reason: label.reason ?? '–', trackingId: label.trackingId ?? '–' };
  return [whyReason(labelCodes[label.state], params, label.state === 'sent' ? leaseUntil : null)];
}

/** `nextAskedAgain`: when carriers are asked again for what stepped aside. */
export function whyBatch(
  batch: Pick<LabelBatch, 'id' | 'state'>,
  counts: StandingCounts,
  aside: { readonly count: number; readonly nextAskedAgain: Date | null },
  awaited: readonly CarrierAwaited[],
): readonly WhyReason[] {
  const { under_way: underWay, ...rest } = counts;
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const state = shownBatchState(batch, counts);
  const params = { batchId: batch.id, total, underWay, ...rest };
  return [
    whyReason(state === 'open' ? 'batch.under_way' : `batch.${state}`, params),
    ...(state === 'open' && aside.count > 0
      ? [whyReason('batch.aside', { batchId: batch.id, aside: aside.count }, aside.nextAskedAgain)]
      : []),
    ...awaited.map(whyAwaited),
    ...(counts.parked > 0 ? [whyReason('batch.parked', params)] : []),
  ];
}

const whyAwaited = ({ carrierId: carrier, labels, reason, retryAt }: CarrierAwaited): WhyReason =>
  whyReason(`batch.carrier_${reason}`, { carrier, labels }, retryAt);

type NamedSuspension = Pick<Suspension, 'id' | 'destination' | 'state' | 'reason'>;

export function whyOrder(order: Order, suspensions: readonly NamedSuspension[]): readonly WhyReason[] {
  return [...whyOrderStands(order, suspensions), whyPayout(order)];
}

function whyOrderStands(order: Order, suspensions: readonly NamedSuspension[]): readonly WhyReason[] {
  switch (order.state) {
    case 'pending':
      return [whyReason('order.to_be_shipped', {}, order.shipBy)];
    case 'held': {
      const stopping = suspensions.filter((suspension) => isSuspended(order.destination, [suspension]));
      if (stopping.length === 0) return [whyReason('order.hold_ending')];
      return stopping.map(({ id: suspensionId, destination, reason }) =>
        whyReason('order.held', { suspensionId, destination, reason }),
      );
    }
    case 'confirmed':
      return [whyReason('order.confirmed')];
    case 'cancelled':
      return [whyReason('order.cancelled', { by: order.cancelledBy ?? '–' })];
  }
}

function whyPayout(order: Order): WhyReason {
  if (order.payout === 'withheld') return whyReason('order.payout_withheld', { reason: order.payoutReason ?? '–' });
  return whyReason(order.payout === 'released' ? 'order.payout_released' : 'order.payout_pending');
}

/** What a template is measured by. */
export interface TemplateSurroundings {
  readonly settingVersion: number;
  readonly suspensionVersion: number;
  readonly enrollment: Pick<Enrollment, 'state'> | null;
}

export function whyTemplate(template: ShippingTemplate, around: TemplateSurroundings): readonly WhyReason[] {
  const reasons: WhyReason[] = [];
  const { geState, blockedBy, appliedSettingVersion: setting, appliedSuspensionVersion: suspensions } = template;
  if (geState === 'blocked')
    reasons.push(whyReason('template.blocked', { missing: blockedBy.length }), ...blockedBy.map(whyRefused));
  else reasons.push(whyReason(`template.${geState}`, { commandNo: template.geCommandNo }));
  if (geState !== 'enabled' && around.enrollment?.state === 'propagating')
    reasons.push(whyReason('template.enrollment_under_way'));
  if (geState === 'enabled' && setting < around.settingVersion)
    reasons.push(whyReason('template.behind_setting', { applied: setting, current: around.settingVersion }));
  if (geState === 'enabled' && suspensions < around.suspensionVersion)
    reasons.push(whyReason('template.behind_suspensions', { applied: suspensions, current: around.suspensionVersion }));
  return reasons;
}

export function whySku(sku: Pick<Sku, 'verdict' | 'verdictRule'>, template: ShippingTemplate): readonly WhyReason[] {
  const { exportable, reasons } = exportabilityOf(sku, template);
  return exportable ? [whyReason('sku.exportable')] : reasons.map(whyRefused);
}

export function whySeller(
  sellerId: string,
  enrollment: Pick<Enrollment, 'state' | 'commandNo'> | null,
  backlog: readonly { readonly queue: string; readonly ready: number; readonly later: number }[],
  dead: number,
): readonly WhyReason[] {
  return [
    enrollment
      ? whyReason('seller.enrollment', { state: enrollment.state, commandNo: enrollment.commandNo })
      : whyReason('seller.not_enrolled'),
    ...backlog.map(({ queue, ready, later }) => whyReason('seller.owed', { queue, ready, later, sellerId })),
    ...(dead > 0 ? [whyReason('seller.dead', { count: dead })] : []),
  ];
}
