/** What carriers report of a parcel, in the carriers' common words. */
export const trackingEventCodes = [
  'PickupDone',
  'Departed',
  'ArrivedAtCarrierFacility',
  'OutForDelivery',
  'DeliveryAttempted',
  'Delivered',
  'Lost',
  'Rejected',
  'Undeliverable',
  'ReturnInitiated',
] as const;

export type TrackingEventCode = (typeof trackingEventCodes)[number];

/**
 * Reports that prove the carrier had the parcel in its hands: the earliest of them is the first scan (R17, R22). The
 * pickup scan is the usual one, but it may be lost where a later one is not.
 */
export const scanCodes: readonly TrackingEventCode[] = [
  'PickupDone',
  'Departed',
  'ArrivedAtCarrierFacility',
  'OutForDelivery',
  'DeliveryAttempted',
  'Delivered',
];
