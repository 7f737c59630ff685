import type { CarrierRefusalCode } from '@ge/domain';
import type { TrackingEventCode, UnknownReason } from '../port/outcome.ts';

/** What a table says of a word that came over the wire; nothing for words that every object knows. */
const said = <T>(table: Readonly<Record<string, T>>, word: string | number): T | undefined =>
  Object.hasOwn(table, word) ? table[word] : undefined;

const doubts: Readonly<Record<string, UnknownReason>> = {
  'SHIPMENT.POSTAGE.EXISTS': 'BOUGHT_BEFORE',
  'SHIPMENT.PURCHASE.IN_PROGRESS': 'BEING_BOUGHT',
  'SHIPMENT.POSTAGE.NO_RESPONSE': 'CARRIER_SILENT',
  'SHIPMENT.POSTAGE.TIMED_OUT': 'CARRIER_SILENT',
};

/** Why something may have been bought although the purchase ended with an error: the shipment says what holds. */
export const doubtOf = (code: string): UnknownReason | undefined => said(doubts, code);

const byCode: Readonly<Record<string, CarrierRefusalCode>> = {
  'SHIPMENT.INVALID': 'carrier.request_invalid',
  'SHIPMENT.INVALID_PARAMS': 'carrier.request_invalid',
  'SHIPMENT.OPTIONS.INVALID': 'carrier.request_invalid',
  'SHIPMENT.MISSING_INFORMATION': 'carrier.request_invalid',
  'SHIPMENT.MISSING_RATE': 'carrier.offer_invalid',
  'SHIPMENT.RATE.CARRIER_ACCOUNT_INVALID': 'carrier.offer_invalid',
  'SHIPMENT.RATE.EXPIRED': 'carrier.offer_expired',
  'SHIPMENT.POSTAGE.INVALID_FORMAT': 'carrier.label_format_not_supported',
  'SHIPMENT.POSTAGE.FORMAT_UNAVAILABLE': 'carrier.label_format_not_supported',
  'SHIPMENT.REFUND.UNAVAILABLE': 'carrier.refund_rejected',
  'SHIPMENT.REFUND.FAILURE': 'carrier.refund_rejected',
};

const byFamily: readonly (readonly [prefix: string, code: CarrierRefusalCode])[] = [
  ['ADDRESS.', 'carrier.address_invalid'],
  ['PARCEL.', 'carrier.parcel_not_accepted'],
  ['SHIPMENT.CUSTOMS_INFO.', 'carrier.customs_data_invalid'],
  ['CUSTOMS_INFO.', 'carrier.customs_data_invalid'],
  ['CUSTOMS_ITEM.', 'carrier.customs_data_invalid'],
  ['PARAMETER.', 'carrier.request_invalid'],
];

const byStatus: Readonly<Record<number, CarrierRefusalCode>> = {
  400: 'carrier.request_invalid',
  401: 'carrier.credentials_refused',
  402: 'carrier.funds_insufficient',
  403: 'carrier.credentials_refused',
  404: 'carrier.shipment_unknown',
};

/** What an error means; the status says it where its code says nothing known. */
export const refusalOf = (code: string, status: number): CarrierRefusalCode | undefined =>
  said(byCode, code) ?? byFamily.find(([prefix]) => code.startsWith(prefix))?.[1] ?? said(byStatus, status);

/** By its status alone. Those that are missing are no scans, or need their detail. */
const eventByStatus: Readonly<Record<string, TrackingEventCode>> = {
  out_for_delivery: 'OutForDelivery',
  delivered: 'Delivered',
  available_for_pickup: 'ArrivedAtCarrierFacility',
  return_to_sender: 'ReturnInitiated',
  failure: 'Undeliverable',
};

const eventByDetail: Readonly<Record<string, TrackingEventCode>> = {
  received_at_origin_facility: 'ArrivedAtCarrierFacility',
  arrived_at_facility: 'ArrivedAtCarrierFacility',
  arrived_at_destination: 'ArrivedAtCarrierFacility',
  arrived_at_pickup_location: 'ArrivedAtCarrierFacility',
  received_at_destination_facility: 'ArrivedAtCarrierFacility',
  departed_facility: 'Departed',
  departed_origin_facility: 'Departed',
  transferred_to_destination_carrier: 'Departed',
  lost: 'Lost',
  refused: 'Rejected',
  return: 'ReturnInitiated',
};

/** States in which a carrier has, or had, the parcel in hand: the first of them is its first scan. A parcel may be lost before it. */
export const inHand: ReadonlySet<string> = new Set([
  'in_transit',
  'out_for_delivery',
  'delivered',
  'available_for_pickup',
  'return_to_sender',
]);

const others: ReadonlySet<string> = new Set(['failure', 'unknown', 'pre_transit', 'cancelled', 'error']);

/** Whether it is a status at all. */
export const isStatus = (status: string): boolean => inHand.has(status) || others.has(status);

/** What a scan says, by its detail first; undefined where it says nothing more than that it was made. */
export const eventOf = (status: string, detail: string | null | undefined): TrackingEventCode | undefined =>
  (detail ? said(eventByDetail, detail) : undefined) ?? said(eventByStatus, status);
