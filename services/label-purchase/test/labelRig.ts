import {
  type CarrierSimulator,
  type CarrierSimulatorOptions,
  type FaultEffect,
  startCarrierSimulator,
} from '@ge/carrier-simulator';
import { createCarrierRegistry, purchaseKey, simulatorCarriers } from '@ge/carriers';
import { buyLabel } from '@ge/contracts';
import {
  LabelPurchaseEntity,
  type LabelRow,
  newId,
  OrderEntity,
  type OrderRow,
  outgoing,
  SellerAddressEntity,
  SellerEntity,
  SkuEntity,
  startOperation,
} from '@ge/database';
import {
  type AddressId,
  type CalendarDate,
  type CountryCode,
  declareShipment,
  type LabelFormat,
  type LabelId,
  type OrderId,
  type Parcel,
  requestLabel,
  type SellerId,
  type SkuCode,
} from '@ge/domain';
import {
  type ServiceProcess,
  sellerRow,
  skuRow,
  startService,
  type TestDatabase,
  testDatabase,
  testSpace,
} from '@ge/testkit';

export const seller = 'S-1' as SellerId;
const shipFromId = 'adr_1' as AddressId;
const adminToken = 'an-admin-token-for-tests';
const apiKey = 'a-carrier-key-for-tests';
const shipFrom = {
  name: 'Blue Ridge Outfitters LLC',
  line1: '1200 Market Street',
  city: 'Denver',
  state: 'CO',
  postalCode: '80202',
  country: 'US',
  phone: '+1 303 555 0100',
};
export const shipTo = { name: 'Jörg Weiß', line1: 'Hauptstraße 5', city: 'Köln', postalCode: '50667', country: 'DE' };
const measures = { weightGrams: 1_250, lengthMm: 300, widthMm: 200, heightMm: 120 };

export interface LedgerAnswer {
  readonly totals: {
    readonly charges: number;
    readonly voids: number;
    readonly doubleCharged: number;
    readonly calls: Readonly<Record<string, number>>;
  };
  readonly charges: readonly {
    readonly reference: string;
    readonly trackingId: string;
    readonly voidedAt: string | null;
  }[];
}

export interface LabelRig {
  readonly db: TestDatabase;
  readonly space: ReturnType<typeof testSpace>;
  readonly running: ServiceProcess[];
  start(name: string, env?: Record<string, string>): Promise<ServiceProcess>;
  addOrders(count: number, change?: Partial<OrderRow>): Promise<readonly OrderId[]>;
  /** What the gateway does with a purchase: the intent and the message, in one transaction. */
  request(orderIds: readonly OrderId[], wanted?: Wanted): Promise<readonly LabelRow[]>;
  labels(): Promise<readonly LabelRow[]>;
  orders(): Promise<readonly OrderRow[]>;
  fail(effect: FaultEffect, more?: Readonly<Record<string, unknown>>): Promise<void>;
  ledger(): Promise<LedgerAnswer>;
  scan(trackingId: string): Promise<void>;
  close(): Promise<void>;
}

interface Wanted {
  readonly carrier?: 'simulator-express' | 'simulator-parcel';
  readonly format?: LabelFormat;
  readonly parcelNo?: number;
  /** Of the two shirts of every order. */
  readonly pieces?: number;
}

/** Servers, a simulator with its ledger, a seller with one SKU. `abilities`: what the workers believe of the carriers; `played`: what they do. */
export async function startLabelRig(
  abilities: Readonly<Record<string, unknown>> = {},
  played: CarrierSimulatorOptions['abilities'] = {},
): Promise<LabelRig> {
  const db = await testDatabase();
  const space = testSpace();
  const simulator: CarrierSimulator = await startCarrierSimulator({ adminToken, apiKey, abilities: played });
  const running: ServiceProcess[] = [];
  const ability = { horizonMs: 2_500, ...abilities };
  const own = {
    CARRIER_URL: simulator.url,
    CARRIER_API_KEY: apiKey,
    CARRIER_TIMEOUT_MS: '1000',
    LEASE_MARGIN_MS: '1200',
    CARRIERS: JSON.stringify({ 'simulator-express': ability, 'simulator-parcel': ability }),
  };
  await db.database.transaction(async (tx) => {
    await tx.insert(SellerEntity, [sellerRow(seller, { generalAddressId: shipFromId })]);
    await tx.insert(SellerAddressEntity, [{ id: shipFromId, sellerId: seller, address: shipFrom }]);
    await tx.insert(SkuEntity, [sku]);
  });
  const admin = async (path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${simulator.url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  return {
    db,
    space,
    running,
    start: async (name, env = {}) => {
      const more = name === 'label-purchase' ? own : {};
      const service = await startService(name, { databaseUrl: db.url, space, env: { ...more, ...env } });
      running.push(service);
      return service;
    },
    addOrders: (count, change) => addOrders(db, count, change),
    request: (orderIds, wanted) => request(db, simulator.url, orderIds, wanted),
    labels: () => db.database.transaction((tx) => tx.select(LabelPurchaseEntity, 'order by t.id')),
    orders: () => db.database.transaction((tx) => tx.select(OrderEntity, 'order by t.id')),
    fail: async (effect, more = {}) => {
      await admin('/faults', { rules: [{ effect, ...more }] });
    },
    ledger: async () => (await admin('/ledger?limit=1000')) as LedgerAnswer,
    scan: async (trackingId) => {
      await admin(`/tracking/${trackingId}/events`, { code: 'first_scan' });
    },
    close: async () => {
      await Promise.all(running.map((service) => service.stop()));
      await simulator.close(0);
      await db.drop();
    },
  };
}

const sku = skuRow(seller, 'SHIRT', 'T-1', {
  title: 'Cotton shirt',
  exportData: {
    category: 'apparel',
    hsCode: '6205.20',
    originCountry: 'VN',
    weightGrams: 250,
    value: { minor: 25_99, currency: 'USD' },
  },
});

const orderRow = (id: string, now: Date, change: Partial<OrderRow> = {}): OrderRow => ({
  id: id as OrderId,
  sellerId: seller,
  isGlobalExpress: true,
  destination: 'DE' as CountryCode,
  shipTo,
  lines: [
    {
      lineId: 'L1',
      sku: 'SHIRT' as SkuCode,
      quantity: 2,
      unitPrice: { minor: 25_99, currency: 'USD' },
      accepted: true,
      refusals: [],
      templateId: null,
      templateVersion: null,
      settingVersion: null,
      confirmedQuantity: 0,
    },
  ],
  state: 'pending',
  handlingDays: 2,
  shipBy: new Date(now.getTime() + 86_400_000),
  importFeeDeposit: null,
  payout: 'pending',
  payoutReason: null,
  regionSettingVersion: 0,
  suspensionVersion: 0,
  createdAt: now,
  confirmedAt: null,
  cancelledBy: null,
  countsAgainstSeller: null,
  refundedBy: null,
  refundedAt: null,
  ...change,
});

let drawn = 0;

async function addOrders(db: TestDatabase, count: number, change: Partial<OrderRow> = {}): Promise<readonly OrderId[]> {
  const rows = Array.from({ length: count }, () => {
    drawn += 1;
    return orderRow(`111-0000000-${String(drawn).padStart(7, '0')}`, new Date(), change);
  });
  await db.database.transaction((tx) => tx.insert(OrderEntity, rows));
  return rows.map((row) => row.id);
}

async function request(
  db: TestDatabase,
  url: string,
  orderIds: readonly OrderId[],
  { carrier: carrierId = 'simulator-express', format = 'ZPL203', parcelNo = 1, pieces = 2 }: Wanted = {},
): Promise<readonly LabelRow[]> {
  const now = new Date();
  const parcel: Parcel = { ...measures, contents: [{ lineId: 'L1', quantity: pieces }] };
  const registry = createCarrierRegistry(simulatorCarriers({ baseUrl: url, apiKey }));
  const shipDate = now.toISOString().slice(0, 10) as CalendarDate;
  const declaredValue = { minor: 51_98, currency: 'USD' } as const;
  const quote = await registry
    .carrierById(carrierId)!
    .quote({ shipFrom, shipTo, parcel, declaredValue, shipDate, hasDangerousGoods: false }, { timeoutMs: 5_000 });
  await registry.close();
  if (quote.kind !== 'quoted' || !quote.offers[0]) throw new Error(`no offer: ${quote.kind}`);
  const offer = quote.offers[0];
  return db.database.transaction(async (tx) => {
    const rows: LabelRow[] = [];
    for (const order of await tx.lock(OrderEntity, orderIds)) {
      const labelId = newId<LabelId>('lbl');
      const declaration = declareShipment(
        { order, parcel, skus: new Map([[sku.sku, sku]]), shipFromId, shipDate, itn: null },
        now,
      );
      const label = requestLabel(
        {
          labelId,
          parcelNo,
          parcel,
          offer,
          quotedFor: { orderId: order.id, parcelNo },
          format,
          idempotencyKey: purchaseKey(carrierId, labelId),
        },
        { order, labels: [], suspended: false },
        now,
      );
      if (!label.ok || !declaration.ok) throw new Error(JSON.stringify([label, declaration]));
      rows.push({ ...label.value, declaration: declaration.value });
    }
    await tx.insert(LabelPurchaseEntity, rows);
    for (const { id: labelId } of rows) {
      await startOperation(tx, { kind: 'buy-label', sellerId: seller, now }, [
        outgoing(buyLabel, { payload: { sellerId: seller, labelId }, sellerId: seller }),
      ]);
    }
    return rows;
  });
}
