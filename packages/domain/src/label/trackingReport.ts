import { orderRefusals } from '../order/orderRefusals.ts';
import { accept, type Decision, refuse } from '../refusal/refusal.ts';
import { writtenParam } from '../refusal/writtenParam.ts';
import type { LabelPurchase } from './labelPurchase.ts';
import { labelRefusals } from './labelRefusals.ts';

/** What a carrier or the marketplace tells of a parcel: an event of a label bought here, or an order under another label. */
export type TrackingReport =
  | { readonly kind: 'event'; readonly trackingId: string; readonly happenedAt: Date }
  | {
      readonly kind: 'outside_label';
      readonly orderId: string;
      readonly trackingId: string;
      readonly happenedAt: Date;
    };

/** What is known here of the things a report names. */
export interface ReportSubject {
  /** The label of an event, or the order of a report on somebody else's label, exists. */
  readonly isKnown: boolean;
  /** Labels bought here under the report's tracking number. */
  readonly labels: readonly Pick<LabelPurchase, 'id' | 'orderId'>[];
}

/** Clocks of carriers differ from ours. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/**
 * Whether a report is recorded (R17): what it is about must be known, and have happened. A label that was bought here for
 * the order, voided or not, is no outside label of it. `at` points at the report.
 */
export function judgeReport(
  report: TrackingReport,
  { isKnown, labels }: ReportSubject,
  now: Date,
  at = '',
): Decision<TrackingReport> {
  if (report.happenedAt.getTime() > now.getTime() + CLOCK_TOLERANCE_MS) {
    return refuse(labelRefusals.refusal('tracking_event.in_future', `${at}/happenedAt`));
  }
  const own = report.kind === 'outside_label' && labels.find(({ orderId }) => orderId === report.orderId);
  if (isKnown && own) {
    return refuse(labelRefusals.refusal('label.bought_here', `${at}/trackingId`, { labelId: own.id }));
  }
  if (isKnown) return accept(report);
  if (report.kind === 'event') return refuse(labelRefusals.refusal('label.tracking_unknown', `${at}/trackingId`));
  return refuse(orderRefusals.refusal('order.unknown', `${at}/orderId`, { orderId: writtenParam(report.orderId, 40) }));
}
