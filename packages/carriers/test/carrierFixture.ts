import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type Carrier,
  type CarrierId,
  createCarrierRegistry,
  type EasypostTerms,
  type PurchaseIntent,
  type QuoteRequest,
} from '../src/index.ts';

const address = {
  name: 'A. Sender',
  line1: '1 Main St',
  city: 'Denver',
  state: 'CO',
  postalCode: '80202',
  country: 'US',
  phone: '1',
};
const parcel = { weightGrams: 1_000, lengthMm: 254, widthMm: 100, heightMm: 50 };

const lines = [
  {
    description: 'Belt',
    hsCode: '420330',
    originCountry: 'IT',
    quantity: 1,
    unitValue: { minor: 1_999, currency: 'USD' },
    unitWeightGrams: 400,
  },
] as const;

export const enquiry: QuoteRequest = {
  shipFrom: address,
  shipTo: { ...address, name: 'B. Buyer', country: 'DE', state: undefined },
  parcel,
  declaredValue: { minor: 1_999, currency: 'USD' },
  shipDate: '2026-11-23',
  hasDangerousGoods: false,
  lines,
  labelFormat: 'PDF',
};

export const intent: PurchaseIntent = {
  intentId: 'lbl_1',
  offerToken: 'token',
  serviceId: 'P',
  shipFrom: enquiry.shipFrom,
  shipTo: enquiry.shipTo,
  parcel,
  lines,
  shipDate: '2026-11-23',
  labelFormat: 'PDF',
  withInvoice: false,
};

/** A carrier that answers whatever the test says, and a client that speaks to it. */
export async function startHostile(
  listener: RequestListener,
  { id = 'simulator-express', terms }: { readonly id?: CarrierId; readonly terms?: EasypostTerms } = {},
) {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const registry = createCarrierRegistry([{ id, baseUrl, apiKey: 'key', maxAnswerBytes: 100_000, terms }]);
  const carrier = registry.carrierById(id) as Carrier;
  return {
    baseUrl,
    carrier,
    prepared: carrier.prepare(intent),
    [Symbol.asyncDispose]: async () => {
      await registry.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
