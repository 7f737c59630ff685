import type { CalendarDate } from '@ge/domain';
import type { CarrierProfile } from '../port/carrier.ts';
import type { Dialect, WireLabel, WireVoid } from '../port/dialect.ts';
import { preparePurchase, sha256Hex } from '../port/prepare.ts';
import type { PurchaseReference } from '../port/shipment.ts';
import { labelFormatOf } from '../wire/imageFormat.ts';
import { doubtOf, refusalOf } from './codes.ts';
import { offerNamed } from './offerToken.ts';
import { easypostDocumentHosts, easypostProfile } from './profile.ts';
import { quoteOf } from './rates.ts';
import { easypostReports } from './reports.ts';
import { easypostShipment } from './requests.ts';
import { trackingOfTracker } from './tracking.ts';
import { type EasypostShipment, easypostError, quotedShipment, shipment, trackerList } from './wire.ts';

const json = { 'content-type': 'application/json' };
const segment = encodeURIComponent;

/** What an installation says of its account at EasyPost, since EasyPost does not. */
export interface EasypostTerms {
  /** Services that clear customs duty-paid and are tracked to the door (R22, R23), as `carrier/service`, or `carrier` for all of it. */
  readonly dutyPaidServices: readonly string[];
  readonly documentHosts?: readonly string[] | undefined;
  /** The day (UTC) that its statement is read from; without one as far back as one report reaches. */
  readonly statementSince?: string | undefined;
}

const shipmentNamed = ({ offerToken }: Pick<PurchaseReference, 'offerToken'>): string =>
  offerNamed(offerToken)?.shipmentId ?? '';

/**
 * EasyPost, which resells many carriers: a quote creates a shipment with its rates, buying one of them is the purchase, and the
 * shipment says ever after what became of it. A shipment is sold once, whoever asks how often: that is what stands in for a key.
 */
export const easypostDialect = (profile: CarrierProfile = easypostProfile, terms: EasypostTerms): Dialect => ({
  profile,
  simulatorPath: '/simulator',
  documentHosts: terms.documentHosts ?? easypostDocumentHosts,
  headers: (apiKey) => ({ authorization: `Basic ${Buffer.from(`${apiKey}:`).toString('base64')}` }),

  quote: (request) => ({
    method: 'POST',
    path: '/v2/shipments',
    headers: json,
    body: JSON.stringify({ shipment: { ...easypostShipment(request), reference: request.orderReference } }),
  }),
  readQuote: (answer, request) => {
    const { data } = quotedShipment.safeParse(answer);
    const hash = sha256Hex(JSON.stringify(easypostShipment(request)));
    return data && quoteOf(data, { request, profile, hash, dutyPaidServices: terms.dutyPaidServices });
  },

  /** The body is what was quoted, to be compared; what is sent names the offer and nothing else. */
  prepare: (intent) => preparePurchase(profile.id, intent, easypostShipment(intent)),
  purchase: (prepared) => {
    const offer = offerNamed(prepared.offerToken);
    if (offer?.hash !== prepared.bodyHash) return undefined;
    return {
      method: 'POST',
      path: `/v2/shipments/${segment(offer.shipmentId)}/buy`,
      headers: json,
      body: JSON.stringify({ rate: { id: offer.rateId } }),
    };
  },
  nameOf: shipmentNamed,
  readPurchase: (answer) => {
    const { data } = shipment.safeParse(answer);
    return data && labelOf(data);
  },

  lookUp: (purchase) => {
    const shipmentId = shipmentNamed(purchase);
    return shipmentId === '' ? undefined : shipmentCall(shipmentId);
  },
  readLookUp: (answer) => {
    const { data } = shipment.safeParse(answer);
    if (!data) return undefined;
    if (!data.selected_rate && !data.postage_label && !data.tracking_code) return [];
    const label = labelOf(data);
    return label && [label];
  },

  standing: shipmentCall,
  /** A rejected refund may be asked for anew: labels just bought are rejected by mistake now and then. */
  readStanding: (answer) => {
    const said = refundOf(answer);
    return said?.kind === 'refused' && said.code === 'carrier.refund_rejected' ? { kind: 'standing' } : said;
  },
  void: (shipmentId) => ({ method: 'POST', path: `/v2/shipments/${segment(shipmentId)}/refund`, headers: {} }),
  readVoid: (answer) => {
    const said = refundOf(answer);
    return said?.kind === 'standing' ? undefined : said;
  },

  track: (trackingId) => ({ method: 'GET', path: `/v2/trackers?tracking_code=${segment(trackingId)}`, headers: {} }),
  /** Carriers use their numbers again after years: the newest is the parcel's. */
  readTracking: (answer, trackingId) => {
    const { data } = trackerList.safeParse(answer);
    if (!data) return undefined;
    const known = data.trackers.filter((one) => one.tracking_code === trackingId);
    const newest = known.toSorted((a, b) => b.created_at.getTime() - a.created_at.getTime())[0];
    return newest ? trackingOfTracker(newest) : null;
  },

  reports: easypostReports({
    carrierId: profile.id,
    horizonMs: profile.horizonMs,
    since: terms.statementSince as CalendarDate | undefined,
  }),

  readError: (answer, status) => {
    const carrierCode = easypostError.safeParse(answer).data?.error.code;
    if (!carrierCode) return undefined;
    return { carrierCode, code: refusalOf(carrierCode, status), doubt: doubtOf(carrierCode) };
  },
});

const shipmentCall = (shipmentId: string) =>
  ({ method: 'GET', path: `/v2/shipments/${segment(shipmentId)}`, headers: {} }) as const;

function labelOf({ id, ...bought }: EasypostShipment): WireLabel | undefined {
  const { selected_rate: charge, tracking_code: trackingId, postage_label: label, options } = bought;
  if (!charge || !trackingId) return undefined;
  const url = label?.label_url;
  return {
    trackingId,
    shipmentId: id,
    charge,
    reference: id,
    // Until it is given back it is charged.
    voided: bought.refund_status === 'refunded',
    boughtAt: label?.created_at ?? bought.updated_at,
    document: url ? { format: labelFormatOf(options?.label_format ?? 'PNG', 203), url } : undefined,
  };
}

function refundOf(answer: unknown): WireVoid | undefined {
  const { data } = shipment.safeParse(answer);
  if (!data?.selected_rate) return undefined;
  switch (data.refund_status) {
    case 'refunded':
      return { kind: 'voided', refund: data.selected_rate };
    case 'submitted':
      return { kind: 'pending' };
    case 'rejected':
      return { kind: 'refused', code: 'carrier.refund_rejected' };
    case 'not_applicable':
      return { kind: 'refused', code: 'carrier.refund_not_applicable' };
    default:
      return { kind: 'standing' };
  }
}
