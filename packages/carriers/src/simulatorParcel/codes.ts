import type { CarrierRefusalCode, ServiceRefusalCode } from '@ge/domain';
import type { TrackingEventCode } from '../port/outcome.ts';

export const KEY_CONFLICT = '129009';

export const refusalCodes: Readonly<Record<string, CarrierRefusalCode>> = {
  '250002': 'carrier.credentials_refused',
  '120001': 'carrier.request_invalid',
  '120100': 'carrier.address_invalid',
  '120120': 'carrier.destination_not_served',
  '120500': 'carrier.parcel_not_accepted',
  '121800': 'carrier.customs_data_invalid',
  '120600': 'carrier.label_format_not_supported',
  '129001': 'carrier.offer_expired',
  '129002': 'carrier.offer_invalid',
  '120900': 'carrier.funds_insufficient',
  '190100': 'carrier.shipment_unknown',
  '190102': 'carrier.void_window_passed',
  '190101': 'carrier.parcel_already_scanned',
};

export const rejectionCodes: Readonly<Record<string, ServiceRefusalCode>> = {
  '111210': 'NO_COVERAGE',
  '111035': 'WEIGHT_RESTRICTIONS',
  '111050': 'SIZE_RESTRICTIONS',
  '111070': 'CARRIER_CANNOT_SHIP_TO_POBOX',
  '111090': 'DANGEROUS_GOODS_NOT_ACCEPTED',
  '111095': 'VALUE_RESTRICTIONS',
};

export const eventCodes: Readonly<Record<string, TrackingEventCode>> = {
  OR: 'PickupDone',
  DP: 'Departed',
  AR: 'ArrivedAtCarrierFacility',
  OT: 'OutForDelivery',
  X1: 'DeliveryAttempted',
  D1: 'Delivered',
  L1: 'Lost',
  X2: 'Rejected',
  X3: 'Undeliverable',
  RS: 'ReturnInitiated',
};
