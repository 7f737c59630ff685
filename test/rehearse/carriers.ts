import { createHash } from 'node:crypto';
import { type CarrierId, type CarrierSettings, carrierSettings } from '@ge/carriers';
import type { BookedCall, BookedCharge } from './carrierBook.ts';
import type { CarrierName, FaultPlan } from './faultScript.ts';

/** Longer than a claim: a charge that is to come has come by then. */
export const horizonMs = 2_500;

export const carrierIdOf = {
  express: 'simulator-express',
  parcel: 'simulator-parcel',
  easypost: 'easypost',
} as const satisfies Record<CarrierName, CarrierId>;

/** What the fleet is told of the carriers of a plan. */
export function carrierVariables({ carriers, abilities }: FaultPlan, url: string, apiKey: string) {
  const told = {
    express: { horizonMs, ...abilities.express },
    parcel: { horizonMs, ...abilities.parcel },
    easypost: { url: `${url}/easypost`, apiKey, dutyPaidServices: ['DHLExpress', 'UPS'], horizonMs },
  };
  return {
    CARRIER_URL: url,
    CARRIER_API_KEY: apiKey,
    CARRIERS: JSON.stringify(Object.fromEntries(carriers.map((name) => [carrierIdOf[name], told[name]]))),
  };
}

/** The same for who asks them himself. */
export const settingsOf = (variables: ReturnType<typeof carrierVariables>): readonly CarrierSettings[] =>
  carrierSettings({ ...variables, CARRIERS: JSON.parse(variables.CARRIERS) });

interface Offered {
  readonly id: string;
  readonly offerToken: string;
}

/**
 * The carriers' book by our labels. EasyPost knows none of them: there the offer of a label names the shipment that is charged,
 * and the rate that is all a purchase says. What belongs to no label keeps the name it has there.
 */
export function byLabel(
  labels: readonly Offered[],
  book: { readonly charges: readonly BookedCharge[]; readonly calls: readonly BookedCall[] },
) {
  const ofShipment = new Map<string, string>();
  const ofBody = new Map<string, string>();
  for (const { id, offerToken } of labels) {
    const [shipmentId, rateId] = offerToken.split('.');
    if (shipmentId === undefined || rateId === undefined) continue;
    ofShipment.set(shipmentId, id);
    ofBody.set(
      createHash('sha256')
        .update(JSON.stringify({ rate: { id: rateId } }))
        .digest('hex'),
      id,
    );
  }
  return {
    charges: book.charges.map((charge) =>
      charge.carrier === 'easypost'
        ? { ...charge, reference: ofShipment.get(charge.shipmentId) ?? charge.shipmentId }
        : charge,
    ),
    calls: book.calls.map((call) =>
      call.carrier === 'easypost' && call.operation === 'buy'
        ? { ...call, reference: ofBody.get(call.bodyHash ?? '') ?? call.reference }
        : call,
    ),
  };
}
