import {
  type CarrierId,
  createCarrierRegistry,
  type Offer,
  type PurchaseIntent,
  type PurchaseReference,
  type QuoteRequest,
  type trackingNumberKind,
} from '@ge/carriers';
import {
  type CarrierSimulator,
  type CarrierSimulatorOptions,
  type FaultScript,
  startCarrierSimulator,
} from '../index.ts';

export const adminToken = 'an-admin-token-for-tests';
const apiKey = 'a-carrier-key-for-tests';
export const call = { timeoutMs: 5_000 } as const;
/** For what is told of its own accord: however busy the machine is. */
export const patience = { interval: 10, timeout: 20_000 } as const;

interface DialectUnderTest {
  readonly id: CarrierId;
  /** As fault scripts and the administration name it. */
  readonly carrier: 'express' | 'parcel' | 'easypost';
  readonly service: string;
  readonly tracking: ReturnType<typeof trackingNumberKind>;
  /** What the book names a purchase by. */
  nameInBook(purchase: PurchaseReference): string;
  /** What a purchase that was made already is answered with when it is sent again. */
  readonly again: 'the first answer' | 'unknown';
  readonly scanned: string;
  readonly tooOld: string;
}

/** The two carriers: they take keys and references, and say line by line what they bill. */
const byReference = {
  nameInBook: ({ reference }: PurchaseReference) => reference,
  again: 'the first answer',
  scanned: 'carrier.parcel_already_scanned',
  tooOld: 'carrier.void_window_passed',
} as const;
export const houses = [
  { ...byReference, id: 'simulator-express', carrier: 'express', service: 'P', tracking: 'dhl-waybill' },
  { ...byReference, id: 'simulator-parcel', carrier: 'parcel', service: 'IPP', tracking: 'ups-1z' },
] as const satisfies readonly DialectUnderTest[];

/** Every carrier behind the port. EasyPost sells a shipment once instead of knowing keys. */
export const dialects: readonly DialectUnderTest[] = [
  ...houses,
  {
    id: 'easypost',
    carrier: 'easypost',
    service: 'DHLExpress/P',
    tracking: 'dhl-waybill',
    nameInBook: ({ offerToken }) => offerToken.split('.')[0]!,
    again: 'unknown',
    scanned: 'carrier.refund_rejected',
    tooOld: 'carrier.refund_rejected',
  },
];

const dutyPaidServices = ['DHLExpress/P', 'DHLExpress/Y', 'UPS/IPP', 'UPS/IPS'];

/** Where a carrier of a simulator is. */
export const settingsOf = (id: CarrierId, url: string) =>
  id === 'easypost' ? { id, baseUrl: `${url}/easypost`, terms: { dutyPaidServices } } : { id, baseUrl: url };

const shipFrom = {
  name: 'Blue Ridge Outfitters LLC',
  line1: '1200 Market Street',
  line2: 'Suite 400',
  city: 'Denver',
  state: 'CO',
  postalCode: '80202',
  country: 'US',
  phone: '+1 303 555 0100',
};

export const shipTo = {
  name: 'Jörg Weiß',
  line1: 'Hauptstraße 5',
  city: 'Köln',
  postalCode: '50667',
  country: 'DE',
  phone: '+49 221 555010',
  email: 'joerg@example.com',
};

const lines = [
  {
    description: 'Cotton shirt, long sleeve',
    hsCode: '6205200000',
    originCountry: 'VN',
    quantity: 3,
    unitValue: { minor: 2_599, currency: 'USD' },
    unitWeightGrams: 250,
  },
] as const;

export const enquiry: QuoteRequest = {
  shipFrom,
  shipTo,
  parcel: { weightGrams: 1_250, lengthMm: 300, widthMm: 200, heightMm: 120 },
  declaredValue: { minor: 7_797, currency: 'USD' },
  shipDate: '2026-11-23',
  deliverBy: '2026-12-24',
  hasDangerousGoods: false,
  lines,
  labelFormat: 'ZPL203',
};

export const intentFor = (intentId: string, offer: Pick<Offer, 'offerToken' | 'serviceId'>): PurchaseIntent => ({
  intentId,
  offerToken: offer.offerToken,
  serviceId: offer.serviceId,
  shipFrom,
  shipTo,
  parcel: enquiry.parcel,
  shipDate: enquiry.shipDate,
  labelFormat: 'ZPL203',
  withInvoice: false,
  lines,
});

export interface Rig {
  readonly simulator: CarrierSimulator;
  readonly registry: ReturnType<typeof createCarrierRegistry>;
  admin(path: string, init?: { method?: string; body?: unknown }): Promise<Response>;
  fail(rules: FaultScript['rules']): Promise<void>;
  ledger(): Promise<LedgerAnswer>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface LedgerAnswer {
  readonly simulatorId: string;
  readonly totals: {
    readonly charges: number;
    readonly chargedMinor: number;
    readonly voids: number;
    readonly refundedMinor: number;
    readonly doubleCharged: number;
    readonly calls: Record<string, number>;
    readonly faults: Record<string, number>;
  };
  readonly charges: readonly {
    readonly seq: number;
    readonly carrier: string;
    readonly reference: string;
    readonly trackingId: string;
    readonly chargedMinor: number;
    readonly idempotencyKey: string | null;
    readonly voidedAt: string | null;
  }[];
  readonly next: number | null;
}

/** A simulator of its own and clients that speak to it. `profile` = what the clients believe of the carriers. */
export async function startRig(
  options: CarrierSimulatorOptions = {},
  profile: Parameters<typeof createCarrierRegistry>[0][number]['profile'] = {},
): Promise<Rig> {
  const simulator = await startCarrierSimulator({ adminToken, apiKey, ...options });
  const registry = createCarrierRegistry(
    dialects.map(({ id }) => ({ ...settingsOf(id, simulator.url), apiKey, profile })),
  );
  const admin: Rig['admin'] = (path, { method = 'GET', body } = {}) =>
    fetch(`${simulator.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  return {
    simulator,
    registry,
    admin,
    fail: async (rules) => {
      const answer = await admin('/faults', { method: 'POST', body: { rules } });
      if (answer.status !== 201) throw new Error(await answer.text());
    },
    ledger: async () => (await (await admin('/ledger?limit=1000')).json()) as LedgerAnswer,
    [Symbol.asyncDispose]: async () => {
      await registry.close();
      await simulator.close(0);
    },
  };
}

export const rule = (
  effect: FaultScript['rules'][number]['effect'],
  more: Partial<FaultScript['rules'][number]> = {},
) => ({
  operation: 'buy' as const,
  skip: 0,
  times: 1,
  effect,
  ...more,
});
