import type { ProblemKind } from '../desk/problem.ts';
import type { HouseName } from '../desk/shipment.ts';
import type { Charge, ScanCode } from '../ledger/entries.ts';
import type { QuotedShipment, Rate } from './reseller.ts';

const carriers: Readonly<Record<HouseName, string>> = { express: 'DHLExpress', parcel: 'UPS' };

const problems: Readonly<Record<ProblemKind, readonly [status: number, code: string, text: string]>> = {
  credentials: [401, 'APIKEY.INACTIVE', 'This api key is not active'],
  malformed: [422, 'SHIPMENT.INVALID_PARAMS', 'Shipment parameters are invalid'],
  address: [422, 'ADDRESS.PARAMETERS.INVALID', 'Address is incomplete'],
  destination: [422, 'SHIPMENT.RATES.UNAVAILABLE', 'No carrier reaches the destination'],
  parcel: [422, 'PARCEL.PARAMETERS.INVALID', 'Parcel is invalid'],
  customs: [422, 'SHIPMENT.CUSTOMS_INFO.REQUIRED', 'Customs info is incomplete'],
  label_format: [422, 'SHIPMENT.POSTAGE.INVALID_FORMAT', 'Label format is invalid'],
  offer_expired: [422, 'SHIPMENT.RATE.EXPIRED', 'Rate has expired'],
  offer_mismatch: [422, 'SHIPMENT.MISSING_RATE', 'Rate does not belong to the shipment'],
  key_conflict: [422, 'SHIPMENT.POSTAGE.EXISTS', 'Shipment was bought before'],
  shipment_unknown: [404, 'NOT_FOUND', 'Resource was not found'],
  void_window: [422, 'SHIPMENT.REFUND.UNAVAILABLE', 'Refund is not available'],
  scanned: [422, 'SHIPMENT.REFUND.UNAVAILABLE', 'Refund is not available'],
  rate_limited: [429, 'RATE_LIMITED', 'Too many requests'],
  not_supported: [404, 'NOT_FOUND', 'Resource was not found'],
  unavailable: [503, 'SERVICE_UNAVAILABLE', 'Service is not available'],
  internal: [500, 'INTERNAL_SERVER_ERROR', 'Something went wrong'],
};

export const writeProblem = (kind: ProblemKind) => {
  const [status, code, message] = problems[kind];
  return { status, body: { error: { code, message, errors: [] }, simulated: true } };
};

const scans: Readonly<Record<ScanCode, readonly [status: string, detail: string]>> = {
  first_scan: ['in_transit', 'in_transit'],
  departed: ['in_transit', 'departed_facility'],
  arrived: ['in_transit', 'arrived_at_facility'],
  out_for_delivery: ['out_for_delivery', 'out_for_delivery'],
  delivery_attempted: ['in_transit', 'delivery_exception'],
  delivered: ['delivered', 'delivered'],
  lost: ['failure', 'lost'],
  rejected: ['failure', 'refused'],
  undeliverable: ['failure', 'failure'],
  return_initiated: ['return_to_sender', 'return'],
};

const dollars = (minor: number): string => (minor / 100).toFixed(2);

const rateOf = (rate: Rate, { at, id }: QuotedShipment) => ({
  object: 'Rate',
  id: rate.id,
  shipment_id: id,
  carrier: carriers[rate.house],
  service: rate.serviceCode,
  rate: dollars(rate.minor),
  currency: 'USD',
  delivery_days: rate.deliveryDays,
  est_delivery_days: rate.deliveryDays,
  delivery_date: null,
  delivery_date_guaranteed: false,
  created_at: at,
});

/** What became of a shipment beside what was quoted. */
export interface Sold {
  readonly charge: Charge;
  /** Where its label lies; undefined = the answer has none. */
  readonly labelUrl: string | undefined;
  readonly refundStatus: 'submitted' | 'refunded' | 'rejected' | null;
}

export function shipmentOf(quoted: QuotedShipment, sold?: Sold) {
  const { request } = quoted;
  const rate = sold && quoted.rates.find(({ id }) => id === sold.charge.order.offerToken);
  return {
    object: 'Shipment',
    simulated: true,
    id: quoted.id,
    mode: 'test',
    reference: request.reference ?? null,
    created_at: quoted.at,
    updated_at: (sold?.charge.at ?? new Date(quoted.at)).toISOString(),
    options: request.options,
    rates: quoted.rates.map((one) => rateOf(one, quoted)),
    messages: quoted.silent.map((house) => ({
      carrier: carriers[house],
      type: 'rate_error',
      message: 'Simulated: no service for this parcel',
    })),
    selected_rate: rate ? rateOf(rate, quoted) : null,
    tracking_code: sold?.charge.trackingId ?? null,
    postage_label: sold?.labelUrl
      ? {
          object: 'PostageLabel',
          created_at: sold.charge.at.toISOString(),
          label_url: sold.labelUrl,
          label_size: '4x6',
          label_resolution: 203,
        }
      : null,
    refund_status: sold?.refundStatus ?? null,
  };
}

export const trackerOf = (
  { trackingId, at, shipmentId }: Charge,
  found: readonly { readonly code: ScanCode; readonly at: Date }[],
) => ({
  object: 'Tracker',
  id: `trk_${shipmentId.slice(4)}`,
  shipment_id: shipmentId,
  tracking_code: trackingId,
  created_at: at.toISOString(),
  tracking_details: found.map(({ code, at: datetime }) => {
    const [status, detail] = scans[code];
    return { object: 'TrackingDetail', status, status_detail: detail, datetime: datetime.toISOString() };
  }),
});
