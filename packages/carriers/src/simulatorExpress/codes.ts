import type { CarrierRefusalCode, ServiceRefusalCode } from '@ge/domain';
import type { TrackingEventCode } from '../port/outcome.ts';

export const KEY_CONFLICT = '4009';

export const refusalCodes: Readonly<Record<string, CarrierRefusalCode>> = {
  '1001': 'carrier.credentials_refused',
  '2001': 'carrier.request_invalid',
  '3001': 'carrier.address_invalid',
  '3002': 'carrier.destination_not_served',
  '3003': 'carrier.parcel_not_accepted',
  '3004': 'carrier.customs_data_invalid',
  '3005': 'carrier.label_format_not_supported',
  '4001': 'carrier.offer_expired',
  '4002': 'carrier.offer_invalid',
  '5001': 'carrier.funds_insufficient',
  '6001': 'carrier.shipment_unknown',
  '6002': 'carrier.void_window_passed',
  '6003': 'carrier.parcel_already_scanned',
};

export const rejectionCodes: Readonly<Record<string, ServiceRefusalCode>> = {
  DESTINATION_OUT_OF_REACH: 'NO_COVERAGE',
  WEIGHT_LIMIT: 'WEIGHT_RESTRICTIONS',
  DIMENSION_LIMIT: 'SIZE_RESTRICTIONS',
  PO_BOX_ADDRESS: 'CARRIER_CANNOT_SHIP_TO_POBOX',
  DANGEROUS_GOODS: 'DANGEROUS_GOODS_NOT_ACCEPTED',
  VALUE_LIMIT: 'VALUE_RESTRICTIONS',
};

export const eventCodes: Readonly<Record<string, TrackingEventCode>> = {
  PU: 'PickupDone',
  DF: 'Departed',
  AR: 'ArrivedAtCarrierFacility',
  WC: 'OutForDelivery',
  NH: 'DeliveryAttempted',
  OK: 'Delivered',
  LX: 'Lost',
  RD: 'Rejected',
  UD: 'Undeliverable',
  RT: 'ReturnInitiated',
};
