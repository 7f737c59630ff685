import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { OrderEntity, SellerEntity, ShippingTemplateEntity, SkuEntity } from '@ge/database';
import type { CountryCode, OrderId, OrderLine, SellerId, SkuCode } from '@ge/domain';
import { addByHand } from '@ge/examples/producers/envelopeByHand.ts';
import { moveWithMyChange } from '@ge/examples/producers/inYourTransaction.ts';
import { moveOverHttp } from '@ge/examples/producers/overHttp.ts';
import { lookAtPayoutAgain } from '@ge/examples/producers/straightIntoBullmq.ts';
import {
  drained,
  eventually,
  type ServiceProcess,
  sellerRow,
  skuRow,
  startService,
  type TestDatabase,
  templateRow,
  testDatabase,
  testSpace,
} from '@ge/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

const space = testSpace();
const apiKey = 'an-operator-key-for-tests-0123456789';
let db: TestDatabase;
let baseUrl: string;
const running: ServiceProcess[] = [];

beforeAll(async () => {
  db = await testDatabase();
  const carrier = { CARRIER_URL: 'http://127.0.0.1:1', CARRIER_API_KEY: 'none-is-called' };
  const environments: Readonly<Record<string, Record<string, string>>> = {
    relay: {},
    'sku-assignment': {},
    'label-purchase': carrier,
    gateway: { ...carrier, PORT: '0', OPERATOR_KEY: apiKey, ENROLLMENT_SECRETS: 's'.repeat(32) },
  };
  const started = Object.entries(environments).map(([name, env]) =>
    startService(name, { databaseUrl: db.url, space, env }),
  );
  for (const result of await Promise.allSettled(started)) if (result.status === 'fulfilled') running.push(result.value);
  const gateway = (await Promise.all(started)).at(-1)!;
  baseUrl = `http://127.0.0.1:${gateway.log.find(({ msg }) => msg === 'listening')!.port}`;
});

afterAll(async () => {
  await Promise.all(running.map((service) => service.stop()));
  await db.drop();
});

/** A seller with two SKUs on the first of two templates. */
async function shop(id: string) {
  const [sellerId, skus] = [id as SellerId, [`${id}-1`, `${id}-2`] as SkuCode[]];
  await db.database.transaction(async (tx) => {
    await tx.insert(SellerEntity, [sellerRow(id)]);
    const templates = ['Here', 'There'].map((name) => templateRow(id, `${id}-${name}`, { name }));
    await tx.insert(ShippingTemplateEntity, templates);
    await tx.insert(
      SkuEntity,
      skus.map((sku) => skuRow(id, sku, `${id}-Here`)),
    );
  });
  return { sellerId, skus, template: 'There' };
}

const standOn = async (sellerId: SellerId): Promise<unknown[]> => {
  const rows = await db.database.query<{ template_id: string }>(
    'select template_id from skus where seller_id = $1 order by sku',
    [sellerId],
  );
  return rows.map((row) => row.template_id);
};

const line: OrderLine = {
  lineId: 'L1',
  sku: 'SHIRT' as SkuCode,
  quantity: 1,
  unitPrice: { minor: 25_99, currency: 'USD' },
  accepted: true,
  refusals: [],
  templateId: null,
  templateVersion: null,
  settingVersion: null,
  confirmedQuantity: 0,
};

async function lateOrder(sellerId: SellerId, orderId: OrderId): Promise<void> {
  const [createdAt, shipBy] = [new Date('2026-01-05T15:00:00Z'), new Date('2026-01-07T05:00:00Z')];
  await db.database.transaction((tx) =>
    tx.insert(OrderEntity, [
      {
        id: orderId,
        sellerId,
        isGlobalExpress: true,
        destination: 'FR' as CountryCode,
        shipTo: null,
        lines: [line],
        state: 'pending',
        handlingDays: 2,
        shipBy,
        importFeeDeposit: null,
        payout: 'pending',
        payoutReason: null,
        regionSettingVersion: 0,
        suspensionVersion: 0,
        createdAt,
        confirmedAt: null,
        cancelledBy: null,
        countsAgainstSeller: null,
        refundedBy: null,
        refundedAt: null,
      },
    ]),
  );
}

const payoutOf = (orderId: OrderId) =>
  db.database.transaction(async (tx) => (await tx.find(OrderEntity, [orderId]))[0]!.payout);

test('over HTTP: accepted once for one idempotency key, then carried out', async () => {
  const move = await shop('S-HTTP');
  const first = await moveOverHttp({ baseUrl, apiKey }, move, 'move-1');
  expect(await moveOverHttp({ baseUrl, apiKey }, move, 'move-1')).toBe(first);
  await drained(db.database);
  expect(await standOn(move.sellerId)).toEqual(['S-HTTP-There', 'S-HTTP-There']);
});

test('in the own transaction: own change and message are committed together', async () => {
  const move = await shop('S-TX');
  await moveWithMyChange(db.database, move, ['update sellers set name = $2 where id = $1', move.sellerId, 'Renamed']);
  await drained(db.database);
  expect(await standOn(move.sellerId)).toEqual(['S-TX-There', 'S-TX-There']);
});

test('in the own transaction: nothing is owed when the own change fails', async () => {
  const move = await shop('S-ROLLBACK');
  await expect(moveWithMyChange(db.database, move, ['select 1 / 0'])).rejects.toThrow(/division by zero/);
  const [seller] = await db.database.transaction((tx) => tx.find(SellerEntity, [move.sellerId]));
  expect(seller!.commandNo).toBe(0);
  expect(await db.database.query('select 1 from messages where seller_id = $1', [move.sellerId])).toEqual([]);
});

test.for([
  ['with the packages of the fleet', lookAtPayoutAgain],
  [
    'by hand',
    (_: unknown, order: { sellerId: string; orderId: string }, key: string) =>
      addByHand({ url: space.redisUrl, namespace: space.namespace }, order, key),
  ],
] as const)('straight into BullMQ %s: done once, however often it is sent', async ([way, send]) => {
  const sellerId = `S-DIRECT-${way.length}` as SellerId;
  const orderId = `order ${way}` as OrderId;
  await lateOrder(sellerId, orderId);
  for (let time = 0; time < 3; time += 1) await send(space, { sellerId, orderId }, `look again at ${orderId}`);
  await eventually('the payout is withheld', async () => (await payoutOf(orderId)) === 'withheld');
  const receipts = await db.database.query('select 1 from receipts where key = $1', [`look again at ${orderId}`]);
  expect(receipts).toHaveLength(1);
});

const runsHere = (program: string): boolean => {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

// A machine may do without curl; the calls themselves are those of the typed client.
test.runIf(runsHere('curl'))('firstCalls.sh runs to the end of its operation, and again', async () => {
  const run = async () => {
    const env = { ...process.env, GE_URL: baseUrl, GE_KEY: apiKey };
    const argv = ['examples/producers/firstCalls.sh', 'S-CURL'];
    return (await promisify(execFile)('sh', argv, { env })).stdout;
  };
  const first = await run();
  expect(first).toContain('"sellerId":"S-CURL","created":true');
  expect(first).toContain('"counts":{"applied":2}');
  const templates = await standOn('S-CURL' as SellerId);
  expect(new Set(templates).size).toBe(1);
  const second = await run();
  expect(second).toContain('"sellerId":"S-CURL","created":false');
  expect(second).toContain('"state":"closed"');
  expect(await standOn('S-CURL' as SellerId)).toEqual(templates);
});

test('overHttp.py accepts once, follows the operation to its end, and tells a refusal', async ({ skip }) => {
  skip(!runsHere('python3'), 'python3 is not installed here: the Python example was not run');
  const { sellerId, skus, template } = await shop('S-PYTHON');
  const python = (...words: readonly string[]) =>
    promisify(execFile)('python3', ['examples/producers/overHttp.py', ...words], {
      env: { ...process.env, GE_URL: baseUrl, GE_KEY: apiKey },
    });
  const { stdout } = await python(sellerId, template, ...skus);
  expect(stdout).toContain('closed: 1 of 1');
  expect(await standOn(sellerId)).toEqual(['S-PYTHON-There', 'S-PYTHON-There']);
  // Started again it is the same command.
  expect((await python(sellerId, template, ...skus)).stdout.split('\n').at(-2)).toBe(stdout.split('\n').at(-2));
  const operations = await db.database.query('select 1 from operations where seller_id = $1', [sellerId]);
  expect(operations).toHaveLength(1);
  await expect(python('S-NOBODY', template, ...skus)).rejects.toThrow(/404: .*http\.not_found/);
});
