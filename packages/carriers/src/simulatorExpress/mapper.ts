import { serviceRefusals } from '@ge/domain';
import type { CarrierProfile } from '../port/carrier.ts';
import type { Dialect, WireDocument, WireLabel } from '../port/dialect.ts';
import { preparePurchase } from '../port/prepare.ts';
import { trackingOf } from '../port/trackingStatus.ts';
import { labelFormatOf } from '../wire/imageFormat.ts';
import { eventCodes, KEY_CONFLICT, refusalCodes, rejectionCodes } from './codes.ts';
import { simulatorExpressProfile } from './profile.ts';
import { expressRatesBody, expressShipmentBody } from './requests.ts';
import {
  type ExpressShipment,
  expressCancelAnswer,
  expressError,
  expressLookUpAnswer,
  expressRatesAnswer,
  expressShipment,
  expressStatementAnswer,
  expressTrackingAnswer,
} from './wire.ts';

const lineKinds = { TRANSPORT: 'charge', CANCELLATION: 'refund', REWEIGH: 'adjustment', DUTY: 'duty' } as const;
const json = { 'content-type': 'application/json' };
const segment = encodeURIComponent;

/** Express: camel-case JSON, kilograms and centimetres, numbers as numbers, errors as a problem whose detail starts with the code. */
export const expressDialect = (profile: CarrierProfile = simulatorExpressProfile): Dialect => ({
  profile,
  simulatorPath: '/express/simulator',
  headers: (apiKey) => ({ 'dhl-api-key': apiKey }),

  quote: (request) => ({
    method: 'POST',
    path: '/express/rates',
    headers: json,
    body: JSON.stringify(expressRatesBody(request)),
  }),
  readQuote: (answer) => {
    const { data } = expressRatesAnswer.safeParse(answer);
    if (!data) return undefined;
    const carrier = { carrierId: profile.id, carrierName: profile.name };
    return {
      offers: data.products.map((product) => ({
        ...carrier,
        serviceId: product.productCode,
        serviceName: product.productName,
        rate: product.totalPrice,
        shipDate: product.pickupDate,
        earliestDelivery: product.estimatedDelivery.earliest,
        latestDelivery: product.estimatedDelivery.latest,
        labelFormats: product.labelFormats,
        maxWeightGrams: Math.floor(product.limits.weight * 1_000),
        maxSideMm: Math.floor(product.limits.longestSide * 10),
        validUntil: product.offerValidUntil,
        offerToken: product.offerId,
        isTracked: product.isTracked,
        clearsDutyPaid: product.incoterms.includes('DDP'),
      })),
      refused: data.rejectedProducts.map((product) => {
        const code = rejectionCodes[product.reasonCode] ?? 'UNKNOWN';
        return {
          ...carrier,
          serviceId: product.productCode,
          serviceName: product.productName,
          code,
          message: serviceRefusals.texts[code].en,
        };
      }),
    };
  },

  prepare: (intent) => preparePurchase(profile.id, intent, expressShipmentBody(intent)),
  purchase: (prepared) => ({
    method: 'POST',
    path: '/express/shipments',
    headers: { ...json, 'idempotency-key': prepared.idempotencyKey },
    body: prepared.body,
  }),
  readPurchase: (answer) => {
    const { data } = expressShipment.safeParse(answer);
    return data && labelOf(data);
  },

  nameOf: ({ reference }) => reference,
  lookUp: ({ reference }) => ({
    method: 'GET',
    path: `/express/shipments?customerReference=${segment(reference)}`,
    headers: {},
  }),
  readLookUp: (answer) => expressLookUpAnswer.safeParse(answer).data?.shipments.map(labelOf),

  void: (shipmentId) => ({ method: 'DELETE', path: `/express/shipments/${segment(shipmentId)}`, headers: {} }),
  readVoid: (answer) => {
    const { data } = expressCancelAnswer.safeParse(answer);
    return data && { kind: 'voided', refund: data.refund };
  },

  track: (trackingId) => ({ method: 'GET', path: `/express/tracking/${segment(trackingId)}`, headers: {} }),
  readTracking: (answer) => {
    const events = expressTrackingAnswer.safeParse(answer).data?.shipments[0]?.events;
    return (
      events &&
      trackingOf(
        events.flatMap(({ typeCode, timestamp }) => {
          const code = eventCodes[typeCode];
          return code ? [{ code, happenedAt: timestamp }] : [];
        }),
      )
    );
  },

  statement: (afterLineNo) => ({ method: 'GET', path: `/express/statements?afterLine=${afterLineNo}`, headers: {} }),
  readStatement: (answer) => {
    const { data } = expressStatementAnswer.safeParse(answer);
    return (
      data && {
        lines: data.lines.map(({ lineNumber, bookedAt, type, customerReference, shipmentId, amount }) => ({
          carrierId: profile.id,
          lineNo: lineNumber,
          kind: lineKinds[type],
          reference: customerReference,
          shipmentRef: shipmentId,
          ...amount,
          at: bookedAt,
        })),
        next: data.nextLine ?? null,
      }
    );
  },

  readError: (answer) => {
    const detail = expressError.safeParse(answer).data?.detail;
    const carrierCode = detail && /^(\d{4,6}):/.exec(detail)?.[1];
    if (!carrierCode) return undefined;
    const doubt = carrierCode === KEY_CONFLICT ? 'KEY_USED_WITH_ANOTHER_BODY' : undefined;
    return { carrierCode, code: refusalCodes[carrierCode], doubt };
  },
});

function labelOf(shipment: ExpressShipment): WireLabel {
  const document = (type: 'label' | 'invoice'): WireDocument | undefined => {
    const found = shipment.documents?.find(({ typeCode }) => typeCode === type);
    return (
      found && {
        format: labelFormatOf(found.imageFormat, found.printerDPI),
        bytes: Buffer.from(found.content, 'base64'),
        checksum: { algorithm: 'sha256', digest: found.sha256, encoding: 'hex' },
      }
    );
  };
  return {
    trackingId: shipment.shipmentTrackingNumber,
    shipmentId: shipment.shipmentId,
    charge: shipment.shipmentCharges,
    reference: shipment.customerReference,
    voided: shipment.status === 'cancelled',
    boughtAt: shipment.bookedAt,
    document: document('label'),
    invoice: document('invoice'),
  };
}
