import { serviceRefusals } from '@ge/domain';
import type { CarrierProfile } from '../port/carrier.ts';
import type { Dialect, WireDocument, WireLabel } from '../port/dialect.ts';
import { preparePurchase } from '../port/prepare.ts';
import { trackingOf } from '../port/trackingStatus.ts';
import { labelFormatOf } from '../wire/imageFormat.ts';
import { grams, millimetres } from '../wire/units.ts';
import { eventCodes, KEY_CONFLICT, refusalCodes, rejectionCodes } from './codes.ts';
import { simulatorParcelProfile } from './profile.ts';
import { parcelRateBody, parcelShipBody } from './requests.ts';
import {
  type ParcelImage,
  type ParcelShipment,
  parcelBillingAnswer,
  parcelError,
  parcelRateAnswer,
  parcelSearchAnswer,
  parcelShipAnswer,
  parcelTrackAnswer,
  parcelVoidAnswer,
} from './wire.ts';

const lineKinds = { FRT: 'charge', VOD: 'refund', ADJ: 'adjustment', ISC: 'duty' } as const;
const json = { 'content-type': 'application/json' };
const segment = encodeURIComponent;

/** Parcel: enveloped Pascal-case JSON, ounces and inches, every number a string, errors as a numbered list. */
export const parcelDialect = (profile: CarrierProfile = simulatorParcelProfile): Dialect => ({
  profile,
  simulatorPath: '/parcel/simulator',
  headers: (apiKey) => ({ authorization: `Bearer ${apiKey}` }),

  quote: (request) => ({
    method: 'POST',
    path: '/parcel/api/rating/v1/Shop',
    headers: json,
    body: JSON.stringify(parcelRateBody(request)),
  }),
  readQuote: (answer) => {
    const { data } = parcelRateAnswer.safeParse(answer);
    if (!data) return undefined;
    const carrier = { carrierId: profile.id, carrierName: profile.name };
    return {
      offers: data.RateResponse.RatedShipment.map((rated) => ({
        ...carrier,
        serviceId: rated.Service.Code,
        serviceName: rated.Service.Description,
        rate: rated.TotalCharges,
        shipDate: rated.PickupDate,
        earliestDelivery: rated.TimeInTransit.EarliestDelivery,
        latestDelivery: rated.TimeInTransit.LatestDelivery,
        labelFormats: rated.LabelImageFormat,
        maxWeightGrams: grams(rated.MaximumWeight),
        maxSideMm: millimetres(rated.MaximumLength),
        validUntil: rated.QuoteExpires,
        offerToken: rated.QuoteReference,
        isTracked: rated.Tracked,
        clearsDutyPaid: rated.DutyPaid,
      })),
      refused: data.RateResponse.Alert.map((alert) => {
        const code = rejectionCodes[alert.Code] ?? 'UNKNOWN';
        return {
          ...carrier,
          serviceId: alert.Service.Code,
          serviceName: alert.Service.Description,
          code,
          message: serviceRefusals.texts[code].en,
        };
      }),
    };
  },

  prepare: (intent) => preparePurchase(profile.id, intent, parcelShipBody(intent)),
  purchase: (prepared) => ({
    method: 'POST',
    path: '/parcel/api/shipments/v1/ship',
    headers: { ...json, transid: prepared.idempotencyKey },
    body: prepared.body,
  }),
  readPurchase: (answer) => {
    const { data } = parcelShipAnswer.safeParse(answer);
    return data && labelOf(data.ShipmentResponse.ShipmentResults);
  },

  nameOf: ({ reference }) => reference,
  lookUp: ({ reference }) => ({
    method: 'GET',
    path: `/parcel/api/shipments/v1/search?customerContext=${segment(reference)}`,
    headers: {},
  }),
  readLookUp: (answer) => parcelSearchAnswer.safeParse(answer).data?.SearchResponse.ShipmentResults.map(labelOf),

  void: (shipmentId) => ({
    method: 'DELETE',
    path: `/parcel/api/shipments/v1/void/cancel/${segment(shipmentId)}`,
    headers: {},
  }),
  readVoid: (answer) => {
    const { data } = parcelVoidAnswer.safeParse(answer);
    return data && { kind: 'voided', refund: data.VoidShipmentResponse.SummaryResult.RefundAmount };
  },

  track: (trackingId) => ({
    method: 'GET',
    path: `/parcel/api/track/v1/details/${segment(trackingId)}`,
    headers: {},
  }),
  readTracking: (answer) => {
    const activity = parcelTrackAnswer.safeParse(answer).data?.trackResponse.shipment[0]?.package[0]?.activity;
    return (
      activity &&
      trackingOf(
        activity.flatMap(({ status, gmtDate, gmtTime }) => {
          const code = eventCodes[status.code];
          return code ? [{ code, happenedAt: new Date(`${gmtDate}T${gmtTime}Z`) }] : [];
        }),
      )
    );
  },

  statement: (afterLineNo) => ({
    method: 'GET',
    path: `/parcel/api/billing/v1/lines?after=${afterLineNo}`,
    headers: {},
  }),
  readStatement: (answer) => {
    const { data } = parcelBillingAnswer.safeParse(answer);
    if (!data) return undefined;
    const { Line, Next } = data.BillingResponse;
    return {
      lines: Line.map((line) => {
        const kind = lineKinds[line.ChargeCode];
        const { minor, currency } = line.Amount;
        return {
          carrierId: profile.id,
          lineNo: line.Sequence,
          kind,
          reference: line.CustomerContext,
          shipmentRef: line.ShipmentIdentificationNumber,
          // A refund is a credit by its kind already.
          minor: line.Credit && kind !== 'refund' ? -minor : minor,
          currency,
          at: line.PostedAt,
        };
      }),
      next: Next ?? null,
    };
  },

  readError: (answer) => {
    const carrierCode = parcelError.safeParse(answer).data?.response.errors[0]?.code;
    if (!carrierCode) return undefined;
    const doubt = carrierCode === KEY_CONFLICT ? 'KEY_USED_WITH_ANOTHER_BODY' : undefined;
    return { carrierCode, code: refusalCodes[carrierCode], doubt };
  },
});

const documentOf = (image: ParcelImage | undefined): WireDocument | undefined =>
  image && {
    format: labelFormatOf(image.ImageFormat.Code, image.Resolution),
    bytes: Buffer.from(image.GraphicImage, 'base64'),
    checksum: { algorithm: 'md5', digest: image.MD5, encoding: 'base64' },
  };

function labelOf(shipment: ParcelShipment): WireLabel {
  const parcel = shipment.PackageResults[0]!;
  return {
    trackingId: parcel.TrackingNumber,
    shipmentId: shipment.ShipmentIdentificationNumber,
    charge: shipment.ShipmentCharges.TotalCharges,
    reference: shipment.CustomerContext,
    voided: shipment.Status === 'VOIDED',
    boughtAt: shipment.ShipmentDate,
    document: documentOf(parcel.ShippingLabel),
    invoice: documentOf(shipment.Form?.Image),
  };
}
