import { createHash } from 'node:crypto';
import type { ProblemKind } from '../desk/problem.ts';
import type { ImageFormat } from '../desk/shipment.ts';
import type { Rejection } from '../desk/tariff.ts';
import type { Charge, ScanCode, StatementLine } from '../ledger/entries.ts';
import type { OutgoingDocuments, WireDialect } from '../wire/dialect.ts';
import { lineNumber } from '../wire/lineNumber.ts';
import { readEnquiry, readOrder } from './reading.ts';

const alerts: Readonly<Record<Rejection, string>> = {
  coverage: '111210',
  weight: '111035',
  size: '111050',
  po_box: '111070',
  dangerous_goods: '111090',
  value: '111095',
};

const problems: Readonly<Record<ProblemKind, readonly [status: number, code: string, text: string]>> = {
  credentials: [401, '250002', 'Invalid Authentication Information.'],
  malformed: [400, '120001', 'The request document is not well formed.'],
  address: [400, '120100', 'Missing or invalid shipper or ship-to address.'],
  destination: [400, '120120', 'The requested destination is not served.'],
  parcel: [400, '120500', 'Missing or invalid package weight or dimensions.'],
  customs: [400, '121800', 'Missing or invalid international forms.'],
  label_format: [400, '120600', 'The label image format is not available.'],
  offer_expired: [400, '129001', 'The quote reference has expired.'],
  offer_mismatch: [400, '129002', 'The quote reference does not match the shipment.'],
  key_conflict: [422, '129009', 'The transaction id was used with another request.'],
  shipment_unknown: [400, '190100', 'No shipment found.'],
  void_window: [400, '190102', 'Time for voiding has expired.'],
  scanned: [400, '190101', 'The package has been picked up and cannot be voided.'],
  rate_limited: [429, '10429', 'Too many requests.'],
  not_supported: [404, '10404', 'Invalid resource.'],
  unavailable: [503, '10503', 'The service is temporarily unavailable.'],
  internal: [500, '10500', 'Internal server error.'],
};

const activities: Readonly<Record<ScanCode, string>> = {
  first_scan: 'OR',
  departed: 'DP',
  arrived: 'AR',
  out_for_delivery: 'OT',
  delivery_attempted: 'X1',
  delivered: 'D1',
  lost: 'L1',
  rejected: 'X2',
  undeliverable: 'X3',
  return_initiated: 'RS',
};

const chargeCodes: Readonly<Record<StatementLine['kind'], string>> = {
  charge: 'FRT',
  refund: 'VOD',
  adjustment: 'ADJ',
  duty: 'ISC',
};

const amount = (minor: number) => ({ CurrencyCode: 'USD', MonetaryValue: (minor / 100).toFixed(2) });
const compact = (day: string): string => day.replaceAll('-', '');
const gmt = (at: Date) => ({ day: compact(at.toISOString().slice(0, 10)), time: at.toISOString().slice(11, 23) });
const limit = (value: number): string => value.toFixed(2);

/** UPS-i-parcel-like: enveloped Pascal-case JSON, ounces and inches, every number a string. */
export const parcelDialect: WireDialect = {
  carrier: 'parcel',
  paths: {
    quote: '/parcel/api/rating/v1/Shop',
    buy: '/parcel/api/shipments/v1/ship',
    look_up: '/parcel/api/shipments/v1/search',
    void: '/parcel/api/shipments/v1/void/cancel/:id',
    track: '/parcel/api/track/v1/details/:id',
    statement: '/parcel/api/billing/v1/lines',
  },
  credential: (request) => /^Bearer (\S+)$/.exec(request.get('authorization') ?? '')?.[1],
  idempotencyKey: (request) => request.get('transid')?.slice(0, 100),
  readEnquiry,
  readOrder,
  writeQuote: (quote) => ({
    RateResponse: {
      Response: { ResponseStatus: { Code: '1', Description: 'Success' }, Simulated: 'Y' },
      RatedShipment: quote.offers.map(({ service, minor, token, until, shipDate, earliest, latest }) => ({
        Service: { Code: service.code, Description: service.name },
        TotalCharges: amount(minor),
        QuoteReference: token,
        QuoteExpires: until.toISOString(),
        PickupDate: compact(shipDate),
        TimeInTransit: { EarliestDelivery: compact(earliest), LatestDelivery: compact(latest) },
        Tracked: service.isTracked ? 'Y' : 'N',
        DutyPaid: service.clearsDutyPaid ? 'Y' : 'N',
        MaximumWeight: limit(service.maxWeightGrams / 28.349523125),
        MaximumLength: limit(service.maxSideMm / 25.4),
        LabelImageFormat: ['PDF', 'PNG', 'ZPL203', 'ZPL300'],
      })),
      Alert: quote.rejected.map(({ service, reason }) => ({
        Service: { Code: service.code, Description: service.name },
        Code: alerts[reason],
      })),
    },
  }),
  writePurchase: (charge, documents) => ({
    ShipmentResponse: {
      Response: { ResponseStatus: { Code: '1', Description: 'Success' }, Simulated: 'Y' },
      ShipmentResults: results(charge, documents),
    },
  }),
  lookUpBy: ({ customerContext, transId }) => {
    if (typeof customerContext === 'string') return { reference: customerContext };
    return typeof transId === 'string' ? { key: transId } : undefined;
  },
  writeLookUp: (found) => ({
    SearchResponse: {
      Response: { Simulated: 'Y' },
      ShipmentResults: found.map(({ charge, documents }) => results(charge, documents)),
    },
  }),
  writeVoid: (charge) => ({
    VoidShipmentResponse: {
      Response: { Simulated: 'Y' },
      SummaryResult: {
        Status: { Code: '1', Description: 'Voided' },
        RefundAmount: amount(charge.voided?.refundMinor ?? 0),
      },
    },
  }),
  writeTracking: (trackingId, scans) => ({
    trackResponse: {
      simulated: 'Y',
      shipment: [
        {
          package: [
            {
              trackingNumber: trackingId,
              activity: scans.map(({ code, at }) => {
                const { day, time } = gmt(at);
                return { status: { code: activities[code] }, gmtDate: day, gmtTime: time };
              }),
            },
          ],
        },
      ],
    },
  }),
  statementAfter: ({ after = '0' }) => lineNumber(after),
  writeStatement: (lines, next) => ({
    BillingResponse: {
      Response: { Simulated: 'Y' },
      Line: lines.map(({ lineNo, at, kind, reference, shipmentId, minor }) => ({
        Sequence: String(lineNo),
        PostedAt: at.toISOString(),
        ChargeCode: chargeCodes[kind],
        CustomerContext: reference,
        ShipmentIdentificationNumber: shipmentId,
        // A credit is an amount like any other, with its sign in a field of its own.
        Credit: minor < 0 || kind === 'refund' ? 'Y' : 'N',
        Amount: amount(Math.abs(minor)),
      })),
      Next: next === null ? undefined : String(next),
    },
  }),
  writeWebhook: ({ seq, trackingId, code, happenedAt }) => {
    const { day, time } = gmt(happenedAt);
    const activity = { Status: { Code: activities[code] }, GMTDate: day, GMTTime: time };
    return {
      TrackNotification: {
        Notification: { Id: String(seq), Simulated: 'Y' },
        Package: [{ TrackingNumber: trackingId, Activity: [activity] }],
      },
    };
  },
  webhookKey: (secret) => secret,
  webhookMoment: (now) => now.toISOString(),
  signedText: (moment, body) => `${moment}.${body}`,
  webhookHeaders: ({ keyId, moment, digest }) => ({
    'x-parcel-signature': `KeyId=${keyId},SignedAt=${moment},Signature=${digest.toString('base64')}`,
  }),
  writeProblem: (kind) => {
    const [status, code, message] = problems[kind];
    return { status, body: { response: { errors: [{ code, message }], simulated: 'Y' } } };
  },
};

const results = (charge: Charge, documents: OutgoingDocuments | undefined) => ({
  CustomerContext: charge.order.reference,
  ShipmentIdentificationNumber: charge.shipmentId,
  Status: charge.voided ? 'VOIDED' : 'ACTIVE',
  ShipmentDate: charge.at.toISOString(),
  ShipmentCharges: { TotalCharges: amount(charge.minor) },
  PackageResults: [
    {
      TrackingNumber: charge.trackingId,
      ShippingLabel:
        documents && image(documents.label.format, documents.label.bytes, documents.damaged, documents.label.dpi),
    },
  ],
  Form: documents?.invoice && { Image: image('PDF', documents.invoice, false) },
});

const image = (format: ImageFormat, bytes: Uint8Array, damaged: boolean, dpi?: number) => ({
  ImageFormat: { Code: format },
  Resolution: dpi === undefined ? undefined : String(dpi),
  GraphicImage: Buffer.from(damaged ? bytes.subarray(0, bytes.length >> 1) : bytes).toString('base64'),
  MD5: createHash('md5').update(bytes).digest('base64'),
});
