import {
  bookTransfers,
  ChargeReclaimEntity,
  judgeCarrier,
  LabelPurchaseEntity,
  OrderEntity,
  type RowOf,
} from '@ge/database';
import { goodStanding, openReclaim, refundFurther, stopByHand } from '@ge/domain';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OpsFixture } from './opsFixture.ts';

let ops: OpsFixture;
beforeAll(async () => {
  ops = await OpsFixture.open();
});
afterAll(() => ops.close());

const at = new Date('2026-05-04T12:00:00Z');
const line = { lineId: '1', sku: 'K', quantity: 1, accepted: true };

const order = (id: string, change: object = {}) =>
  ({
    id,
    sellerId: 'S1',
    isGlobalExpress: true,
    destination: 'DE',
    shipTo: null,
    lines: [line],
    state: 'pending',
    handlingDays: 2,
    shipBy: at,
    importFeeDeposit: null,
    payout: 'pending',
    payoutReason: null,
    regionSettingVersion: 0,
    suspensionVersion: 0,
    createdAt: at,
    confirmedAt: null,
    ...change,
  }) as unknown as RowOf<typeof OrderEntity>;

const label = (id: string, change: object = {}) =>
  ({
    id,
    orderId: id,
    sellerId: 'S1',
    parcelNo: 1,
    parcel: { contents: [{ lineId: '1', quantity: 1 }] },
    declaration: {},
    state: 'purchased',
    fence: 1,
    leaseUntil: null,
    carrierId: 'x',
    serviceId: 'x',
    offerToken: 'x',
    quoted: { minor: 1, currency: 'USD' },
    format: 'PDF',
    isProtected: true,
    idempotencyKey: id,
    createdAt: at,
    endedAt: at,
    ...change,
  }) as unknown as RowOf<typeof LabelPurchaseEntity>;

test('what should be none is counted where it is some: stranded commands, unconfirmed orders, drift, suspensions not shown', async () => {
  const { database } = ops.db;
  await database.query(
    `insert into sellers (id, marketplace_id, country, name, email, locale, time_zone, region_setting_version, created_at)
     values ('S1', 'US', 'US', 'x', 'x@example.com', 'en-US', 'America/New_York', 2, now())`,
  );
  await database.query(
    `insert into shipping_templates (id, seller_id, name, is_default, ge_state, applied_setting_version, applied_suspension_version)
     values ('T1', 'S1', 'behind both', true, 'enabled', 1, 0), ('T2', 'S1', 'up to date', false, 'enabled', 2, 1),
            ('T3', 'S1', 'off', false, 'off', 0, 0)`,
  );
  await database.query(
    `insert into programme (id, suspension_version) values (1, 1) on conflict (id) do update set suspension_version = 1`,
  );
  await database.query(
    `insert into operations (id, seller_id, kind, state, total, created_at)
     values ('op_stranded', 'S1', 'assign-skus', 'open', 1, now() - interval '2 hours'), ('op_goes_on', 'S1', 'assign-skus', 'open', 1, now() - interval '1 hour')`,
  );
  await database.query(
    `insert into messages (queue, name, seller_id, payload, operation_id) values ('sku-assignment', 'assign-skus', 'S1', '{}', 'op_goes_on')`,
  );
  await database.transaction(async (tx) => {
    await tx.insert(OrderEntity, [order('O1'), order('O2'), order('O3', { state: 'confirmed' })]);
    await tx.insert(LabelPurchaseEntity, [label('O1'), label('O2', { state: 'unknown', endedAt: null }), label('O3')]);
  });
  const reclaimOf = (shipmentRef: string) => openReclaim(label('O3'), shipmentRef, { minor: 1, currency: 'USD' }, at);
  await database.transaction(async (tx) => {
    const refused = { state: 'refused', reason: 'carrier_silent', endedAt: at } as const;
    await tx.insert(ChargeReclaimEntity, [
      ...['shp-1', 'shp-2'].map((shipmentRef) => ({ ...reclaimOf(shipmentRef), ...refused })),
      { ...reclaimOf('shp-3'), state: 'sent' as const },
      { ...reclaimOf('shp-4'), state: 'given' as const, endedAt: at },
    ]);
    // One that was refused came back all the same, by a line of the statement.
    await bookTransfers(tx, refundFurther(reclaimOf('shp-2'), { minor: 1, currency: 'USD' }, at));
  });
  const far = new Date('2026-11-27T00:00:00Z');
  for (const carrierId of ['works', 'down']) {
    const standing = { ...goodStanding(carrierId, far), openings: 1 };
    const isDown = carrierId === 'down';
    await judgeCarrier(database, carrierId, () => ({
      standing: isDown ? { ...standing, breaker: 'open', retryAt: far } : standing,
      result: null,
    }));
  }
  await judgeCarrier(database, 'stopped', (standing, now) => ({
    standing: stopByHand(standing, 'prices wrong', now),
    result: null,
  }));
  const text = await (await fetch(`${ops.service.healthUrl}/metrics`)).text();
  const value = (series: string) =>
    Number(new RegExp(`^${series.replace(/[{}]/g, '\\$&')} (.+)$`, 'm').exec(text)?.[1]);
  const alone = '{service="ops"}';
  expect(value(`ge_operations_stranded${alone}`)).toBe(1);
  expect(value('ge_operations_open{kind="assign-skus",service="ops"}')).toBe(2);
  expect(value('ge_oldest_operation_age_seconds{kind="assign-skus",service="ops"}')).toBeGreaterThan(7_000);
  expect(value(`ge_orders_unconfirmed${alone}`)).toBe(1);
  expect(value('ge_carrier_open{carrier="works",service="ops"}')).toBe(0);
  expect(value('ge_carrier_open{carrier="down",service="ops"}')).toBe(1);
  expect(value('ge_carrier_open{carrier="stopped",service="ops"}')).toBe(1);
  expect(value('ge_carrier_stopped{carrier="stopped",service="ops"}')).toBe(1);
  expect(value('ge_carrier_stopped{carrier="down",service="ops"}')).toBe(0);
  expect(value('ge_labels_open{state="unknown",service="ops"}')).toBe(1);
  expect(value('ge_oldest_label_age_seconds{state="unknown",service="ops"}')).toBeGreaterThan(3_600);
  expect(value('ge_charge_reclaims{state="refused",service="ops"}')).toBe(1);
  expect(value('ge_charge_reclaims{state="sent",service="ops"}')).toBe(1);
  expect(text).not.toContain('ge_charge_reclaims{state="given"');
  expect(value(`ge_templates_drifting${alone}`)).toBe(1);
  expect(value(`ge_templates_unsuspended${alone}`)).toBe(1);
});
