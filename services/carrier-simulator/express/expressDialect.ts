import { createHash } from 'node:crypto';
import type { ProblemKind } from '../desk/problem.ts';
import type { ImageFormat } from '../desk/shipment.ts';
import type { Rejection } from '../desk/tariff.ts';
import type { Charge, ScanCode, StatementLine } from '../ledger/entries.ts';
import type { OutgoingDocuments, WireDialect } from '../wire/dialect.ts';
import { lineNumber } from '../wire/lineNumber.ts';
import { readEnquiry, readOrder } from './reading.ts';

const rejections: Readonly<Record<Rejection, string>> = {
  coverage: 'DESTINATION_OUT_OF_REACH',
  weight: 'WEIGHT_LIMIT',
  size: 'DIMENSION_LIMIT',
  po_box: 'PO_BOX_ADDRESS',
  dangerous_goods: 'DANGEROUS_GOODS',
  value: 'VALUE_LIMIT',
};

const problems: Readonly<Record<ProblemKind, readonly [status: number, code: string, text: string]>> = {
  credentials: [401, '1001', 'Invalid credentials'],
  malformed: [400, '2001', 'Request does not follow the schema'],
  address: [422, '3001', 'Shipper or receiver address is incomplete'],
  destination: [422, '3002', 'Destination is out of reach'],
  parcel: [422, '3003', 'Package weight or dimensions are invalid'],
  customs: [422, '3004', 'Export declaration is incomplete'],
  label_format: [422, '3005', 'Encoding format is not available'],
  offer_expired: [422, '4001', 'Offer has expired'],
  offer_mismatch: [422, '4002', 'Offer does not belong to this shipment'],
  key_conflict: [409, '4009', 'Idempotency key was used with another request'],
  shipment_unknown: [404, '6001', 'Shipment is not known'],
  void_window: [422, '6002', 'Cancellation period has ended'],
  scanned: [422, '6003', 'Shipment has been picked up'],
  rate_limited: [429, '7001', 'Too many requests'],
  not_supported: [404, '7002', 'Resource is not available'],
  unavailable: [503, '9503', 'Service is temporarily unavailable'],
  internal: [500, '9999', 'Process failure occurred'],
};

const scans: Readonly<Record<ScanCode, string>> = {
  first_scan: 'PU',
  departed: 'DF',
  arrived: 'AR',
  out_for_delivery: 'WC',
  delivery_attempted: 'NH',
  delivered: 'OK',
  lost: 'LX',
  rejected: 'RD',
  undeliverable: 'UD',
  return_initiated: 'RT',
};

const lineTypes: Readonly<Record<StatementLine['kind'], string>> = {
  charge: 'TRANSPORT',
  refund: 'CANCELLATION',
  adjustment: 'REWEIGH',
  duty: 'DUTY',
};

const amount = (minor: number) => ({ price: minor / 100, priceCurrency: 'USD' });

/** DHL-Express-like: camel-case JSON, kilograms and centimetres, keys honoured by header. */
export const expressDialect: WireDialect = {
  carrier: 'express',
  paths: {
    quote: '/express/rates',
    buy: '/express/shipments',
    look_up: '/express/shipments',
    void: '/express/shipments/:id',
    track: '/express/tracking/:id',
    statement: '/express/statements',
  },
  credential: (request) => request.get('dhl-api-key'),
  idempotencyKey: (request) => request.get('idempotency-key')?.slice(0, 100),
  readEnquiry,
  readOrder,
  writeQuote: (quote) => ({
    simulated: true,
    products: quote.offers.map(({ service, minor, token, until, shipDate, earliest, latest }) => ({
      productCode: service.code,
      productName: service.name,
      totalPrice: amount(minor),
      offerId: token,
      offerValidUntil: until.toISOString(),
      pickupDate: shipDate,
      estimatedDelivery: { earliest, latest },
      isTracked: service.isTracked,
      incoterms: service.clearsDutyPaid ? ['DAP', 'DDP'] : ['DAP'],
      limits: { weight: service.maxWeightGrams / 1_000, longestSide: service.maxSideMm / 10 },
      labelFormats: ['PDF', 'PNG', 'ZPL203', 'ZPL300'],
    })),
    rejectedProducts: quote.rejected.map(({ service, reason }) => ({
      productCode: service.code,
      productName: service.name,
      reasonCode: rejections[reason],
    })),
  }),
  writePurchase: shipment,
  lookUpBy: ({ customerReference, messageReference }) => {
    if (typeof customerReference === 'string') return { reference: customerReference };
    return typeof messageReference === 'string' ? { key: messageReference } : undefined;
  },
  writeLookUp: (found) => ({
    simulated: true,
    shipments: found.map(({ charge, documents }) => shipment(charge, documents)),
  }),
  writeVoid: (charge) => ({
    simulated: true,
    shipmentId: charge.shipmentId,
    status: 'cancelled',
    refund: amount(charge.voided?.refundMinor ?? 0),
  }),
  writeTracking: (trackingId, found) => ({
    simulated: true,
    shipments: [
      {
        shipmentTrackingNumber: trackingId,
        events: found.map(({ code, at }) => ({ typeCode: scans[code], timestamp: at.toISOString() })),
      },
    ],
  }),
  statementAfter: ({ afterLine = '0' }) => lineNumber(afterLine),
  writeStatement: (lines, next) => ({
    simulated: true,
    lines: lines.map(({ lineNo, at, kind, reference, shipmentId, minor }) => ({
      lineNumber: lineNo,
      bookedAt: at.toISOString(),
      type: lineTypes[kind],
      customerReference: reference,
      shipmentId,
      amount: amount(minor),
    })),
    nextLine: next ?? undefined,
  }),
  writeWebhook: ({ seq, trackingId, code, happenedAt }) => ({
    simulated: true,
    notificationId: String(seq),
    shipmentTrackingNumber: trackingId,
    events: [{ typeCode: scans[code], timestamp: happenedAt.toISOString() }],
  }),
  webhookKey: (secret) => secret,
  webhookMoment: (now) => String(Math.floor(now.getTime() / 1_000)),
  signedText: (moment, body) => `${moment}.${body}`,
  webhookHeaders: ({ keyId, moment, digest }) => ({
    'x-webhook-key-id': keyId,
    'x-webhook-timestamp': moment,
    'x-webhook-signature': digest.toString('hex'),
  }),
  writeProblem: (kind) => {
    const [status, code, text] = problems[kind];
    return { status, body: { status, title: 'Process error', detail: `${code}: ${text}`, simulated: true } };
  },
};

function shipment(charge: Charge, documents: OutgoingDocuments | undefined) {
  return {
    simulated: true,
    shipmentId: charge.shipmentId,
    shipmentTrackingNumber: charge.trackingId,
    customerReference: charge.order.reference,
    status: charge.voided ? 'cancelled' : 'booked',
    bookedAt: charge.at.toISOString(),
    shipmentCharges: amount(charge.minor),
    documents: documents && [
      document('label', documents.label.format, documents.label.bytes, documents.damaged, documents.label.dpi),
      ...(documents.invoice ? [document('invoice', 'PDF', documents.invoice, false)] : []),
    ],
  };
}

const document = (
  typeCode: 'label' | 'invoice',
  imageFormat: ImageFormat,
  bytes: Uint8Array,
  damaged: boolean,
  dpi?: number,
) => ({
  typeCode,
  imageFormat,
  printerDPI: dpi,
  content: Buffer.from(damaged ? bytes.subarray(0, bytes.length >> 1) : bytes).toString('base64'),
  sha256: createHash('sha256').update(bytes).digest('hex'),
});
