import type { z } from 'zod';
import type { WireTracking } from '../port/dialect.ts';
import type { TrackingEvent } from '../port/outcome.ts';
import { trackingOf } from '../port/trackingStatus.ts';
import { eventOf, inHand } from './codes.ts';
import type { tracker } from './wire.ts';

/**
 * The events of a tracker. EasyPost has no word for the hand-over: it is the first scan that says somebody has the parcel,
 * whatever else that scan says. A scan that says nothing more than that is counted as the hand-over only.
 */
export function trackingOfTracker({ tracking_details: details }: z.output<typeof tracker>): WireTracking {
  const scans = details
    .filter(({ status }) => inHand.has(status) || status === 'failure')
    .toSorted((a, b) => a.datetime.getTime() - b.datetime.getTime());
  const first = scans.find(({ status }) => inHand.has(status));
  const events: TrackingEvent[] = first ? [{ code: 'PickupDone', happenedAt: first.datetime }] : [];
  for (const { status, status_detail: detail, datetime } of scans) {
    const code = eventOf(status, detail);
    if (code) events.push({ code, happenedAt: datetime });
  }
  return trackingOf(events);
}
