import {
  type CarrierSimulator,
  type CarrierSimulatorOptions,
  type FaultEffect,
  startCarrierSimulator,
} from '@ge/carrier-simulator';
import { voidLabel as voidJob } from '@ge/contracts';
import { appendMessages, LabelPurchaseEntity, type LabelRow, OrderEntity, type OrderRow, outgoing } from '@ge/database';
import { type OrderId, requestVoid } from '@ge/domain';
import { type Clock, createLogger } from '@ge/runtime';
import { type ServiceProcess, startService, type TestDatabase, testDatabase, testSpace, workOff } from '@ge/testkit';
import { buyLabel } from '../buyLabel.ts';
import { type CarrierDesk, openCarrierDesk } from '../carrierDesk.ts';
import { config } from '../config.ts';
import { decidePayout } from '../decidePayout.ts';
import { reclaimCharge } from '../reclaimCharge.ts';
import { resolveLabel } from '../resolveLabel.ts';
import { voidLabel } from '../voidLabel.ts';
import { addOrders, carrierKey, easypostAt, putShop, request, seller, type Wanted } from './purchases.ts';

const adminToken = 'an-admin-token-for-tests';

export interface LedgerAnswer {
  readonly totals: {
    readonly charges: number;
    readonly voids: number;
    readonly doubleCharged: number;
    readonly calls: Readonly<Record<string, number>>;
  };
  readonly charges: readonly {
    readonly carrier: string;
    readonly reference: string;
    readonly trackingId: string;
    readonly voidedAt: string | null;
  }[];
}

/** A call as it came in. `fault`: what went wrong with it by the script, or null. */
interface SeenCall {
  readonly at: string;
  readonly carrier: 'express' | 'parcel';
  readonly operation: string;
  readonly reference: string | null;
  readonly fault: string | null;
}

export interface LabelRig {
  readonly db: TestDatabase;
  readonly space: ReturnType<typeof testSpace>;
  readonly running: ServiceProcess[];
  /** How `CARRIERS` names EasyPost. */
  readonly easypost: ReturnType<typeof easypostAt>;
  /** The configuration of its workers. */
  readonly env: Readonly<Record<string, string>>;
  start(name: string, env?: Record<string, string>): Promise<ServiceProcess>;
  addOrders(count: number, change?: Partial<OrderRow>): Promise<readonly OrderId[]>;
  /** What the gateway does with a purchase: the intent and the message, in one transaction. */
  request(orderIds: readonly OrderId[], wanted?: Wanted): Promise<readonly LabelRow[]>;
  labels(): Promise<readonly LabelRow[]>;
  orders(): Promise<readonly OrderRow[]>;
  /** The carriers' clock, for handlers that are to run by it. */
  readonly clock: Clock;
  /** Sets it forward. */
  pass(ms: number): void;
  /** For handlers that run in the test's own process. */
  desk(): CarrierDesk;
  /** Does all that is owed in the test's own process, as impatiently as the service would. */
  workOff(): Promise<void>;
  fail(effect: FaultEffect, more?: Readonly<Record<string, unknown>>): Promise<void>;
  /** Nothing goes wrong any more. */
  mend(): Promise<void>;
  ledger(): Promise<LedgerAnswer>;
  /** Calls of one kind as the carriers saw them, in order. */
  calls(operation: string): Promise<readonly SeenCall[]>;
  scan(trackingId: string): Promise<void>;
  /** To its destination, where duty is paid. */
  deliver(trackingId: string): Promise<void>;
  /** The carrier weighs a shipment again: it bills more for it, or less. */
  adjust(shipmentRef: string, minor: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * Servers, a simulator with its ledger, a seller with one SKU. `abilities`: what the workers believe of the carriers;
 * `played`: what they do; `given`: an empty database to use.
 */
export async function startLabelRig(
  abilities: Readonly<Record<string, unknown>> = {},
  played: CarrierSimulatorOptions['abilities'] = {},
  given?: TestDatabase,
): Promise<LabelRig> {
  const db = given ?? (await testDatabase());
  const space = testSpace();
  let passedMs = 0;
  const clock: Clock = { now: () => new Date(Date.now() + passedMs) };
  const simulator: CarrierSimulator = await startCarrierSimulator({
    adminToken,
    apiKey: carrierKey,
    abilities: played,
    now: clock.now,
  });
  const running: ServiceProcess[] = [];
  const ability = { horizonMs: 2_500, ...abilities };
  const own = {
    CARRIER_URL: simulator.url,
    CARRIER_API_KEY: carrierKey,
    CARRIER_TIMEOUT_MS: '1000',
    LEASE_MARGIN_MS: '1200',
    CARRIERS: JSON.stringify({
      'simulator-express': ability,
      'simulator-parcel': ability,
      easypost: { ...easypostAt(simulator.url), horizonMs: ability.horizonMs },
    }),
  };
  await putShop(db.database);
  let desk: CarrierDesk | null = null;
  let hurried: CarrierDesk | null = null;
  const openDesk = (change: Readonly<Record<string, string>>) => {
    const env = { DATABASE_URL: 'postgres://unused.invalid', REDIS_URL: space.redisUrl, ...own, ...change };
    return openCarrierDesk(config.parse(env), createLogger('desk', 'silent'));
  };
  const admin = async (
    path: string,
    body?: unknown,
    method = body === undefined ? 'GET' : 'POST',
  ): Promise<unknown> => {
    const answer = await fetch(`${simulator.url}${path}`, {
      method,
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
    easypost: easypostAt(simulator.url),
    clock,
    pass: (ms) => {
      passedMs += ms;
    },
    env: { DATABASE_URL: db.url, REDIS_URL: space.redisUrl, ...own },
    start: async (name, env = {}) => {
      const more = name === 'label-purchase' ? own : {};
      const service = await startService(name, { databaseUrl: db.url, space, env: { ...more, ...env } });
      running.push(service);
      return service;
    },
    addOrders: (count, change) => addOrders(db.database, count, change),
    request: (orderIds, wanted) => request(db.database, simulator.url, orderIds, wanted),
    labels: () => db.database.transaction((tx) => tx.select(LabelPurchaseEntity, 'order by t.id')),
    orders: () => db.database.transaction((tx) => tx.select(OrderEntity, 'order by t.id')),
    desk: () => {
      // No claim runs out here, however busy the machine is.
      const easypost = easypostAt(simulator.url);
      const CARRIERS = JSON.stringify({ 'simulator-express': {}, 'simulator-parcel': {}, easypost });
      desk ??= openDesk({ CARRIER_TIMEOUT_MS: '10000', LEASE_MARGIN_MS: '40000', CARRIERS });
      return desk;
    },
    workOff: () => {
      hurried ??= openDesk({});
      const atCarriers = [buyLabel, resolveLabel, voidLabel, reclaimCharge].map((handler) => handler(hurried!));
      return workOff(db.database, [...atCarriers, decidePayout]);
    },
    fail: async (effect, more = {}) => {
      await admin('/faults', { rules: [{ effect, ...more }] });
    },
    mend: async () => {
      await admin('/faults', undefined, 'DELETE');
    },
    calls: async (operation) => {
      const { calls } = (await admin('/ledger/calls?limit=1000')) as { calls: readonly SeenCall[] };
      return calls.filter((call) => call.operation === operation);
    },
    ledger: async () => (await admin('/ledger?limit=1000')) as LedgerAnswer,
    scan: async (trackingId) => {
      await admin(`/tracking/${trackingId}/events`, { code: 'first_scan' });
    },
    deliver: async (trackingId) => {
      await admin(`/tracking/${trackingId}/events`, { code: 'delivered' });
    },
    adjust: async (shipmentRef, minor) => {
      await admin(`/shipments/${shipmentRef}/adjustments`, { minor });
    },
    close: async () => {
      await Promise.all(running.map((service) => service.stop()));
      await Promise.all([desk, hurried].map((one) => one?.carriers.close()));
      await simulator.close(0);
      await db.drop();
    },
  };
}

/** What the gateway does with a void, for every label. */
export const askToVoid = ({ db, labels }: LabelRig, only?: readonly string[]): Promise<void> =>
  db.database.transaction(async (tx) => {
    for (const label of await labels()) {
      if (only && !only.includes(label.id)) continue;
      const voiding = requestVoid(label, null, { voidWindowDays: 30 }, new Date());
      if (!voiding.ok) throw new Error(JSON.stringify(voiding.refusals));
      await tx.update(LabelPurchaseEntity, [{ ...label, ...voiding.value }]);
      const payload = { sellerId: seller, labelId: label.id };
      await appendMessages(tx, [outgoing(voidJob, { payload, sellerId: seller })]);
    }
  });
