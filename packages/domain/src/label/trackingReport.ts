import { orderRefusals } from '../order/orderRefusals.ts';
import { accept, type Decision, refuse } from '../refusal/refusal.ts';
import { writtenParam } from '../refusal/writtenParam.ts';
import { labelRefusals } from './labelRefusals.ts';

/** What a carrier or the marketplace tells of a parcel: an event of a label bought here, or an order under another label. */
export type TrackingReport =
  | { readonly kind: 'event'; readonly trackingId: string; readonly happenedAt: Date }
  | { readonly kind: 'outside_label'; readonly orderId: string; readonly happenedAt: Date };

/** Clocks of carriers differ from ours. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** Whether a report is recorded (R17): what it is about must be known, and have happened. `at` points at the report. */
export function judgeReport(report: TrackingReport, isKnown: boolean, now: Date, at = ''): Decision<TrackingReport> {
  if (report.happenedAt.getTime() > now.getTime() + CLOCK_TOLERANCE_MS) {
    return refuse(labelRefusals.refusal('tracking_event.in_future', `${at}/happenedAt`));
  }
  if (isKnown) return accept(report);
  if (report.kind === 'event') return refuse(labelRefusals.refusal('label.tracking_unknown', `${at}/trackingId`));
  return refuse(orderRefusals.refusal('order.unknown', `${at}/orderId`, { orderId: writtenParam(report.orderId, 40) }));
}
