import type { TrackingEvent, TrackingEventCode, TrackingStatus } from './outcome.ts';

const statusAfter: Readonly<Record<TrackingEventCode, TrackingStatus>> = {
  PickupDone: 'InTransit',
  Departed: 'InTransit',
  ArrivedAtCarrierFacility: 'InTransit',
  OutForDelivery: 'OutForDelivery',
  DeliveryAttempted: 'DeliveryAttempted',
  Delivered: 'Delivered',
  Lost: 'Lost',
  Rejected: 'Rejected',
  Undeliverable: 'Undeliverable',
  ReturnInitiated: 'Undeliverable',
};

/** Nothing happens to a parcel before it is picked up, whatever else the same scan says. */
const placeAtOneTime = ({ code }: TrackingEvent): string => (code === 'PickupDone' ? '' : code);

/** Carriers report events late, twice and out of order: sorted by when they happened, doubles dropped; the last one tells the status. */
export function trackingOf(events: readonly TrackingEvent[]): {
  readonly status: TrackingStatus;
  readonly events: readonly TrackingEvent[];
} {
  const sorted = events.toSorted(
    (a, b) =>
      a.happenedAt.getTime() - b.happenedAt.getTime() || placeAtOneTime(a).localeCompare(placeAtOneTime(b), 'en'),
  );
  const distinct = sorted.filter((event, i) => {
    const before = sorted[i - 1];
    return before?.code !== event.code || before.happenedAt.getTime() !== event.happenedAt.getTime();
  });
  const last = distinct.at(-1);
  return { status: last ? statusAfter[last.code] : 'PreTransit', events: distinct };
}
