import { queueNames } from '@ge/contracts';
import {
  backlogPage,
  campaignCounts,
  cancelBacklog,
  countEligibleSkus,
  deadMessagesPage,
  dutiesOfSeller,
  enabledTemplatePages,
  inquiriesPage,
  invitationsPage,
  isAlone,
  labelsOfShipments,
  lockEnabledTemplates,
  lockOpenOrdersTo,
  messagesAbout,
  messagesOfOperation,
  operationsOfSeller,
  ordersOfSeller,
  removeTemplate,
  skuCountsOf,
  skusOfSeller,
  type Transaction,
  templatesPage,
} from '@ge/database';
import type { CampaignId, CountryCode, SellerId, TemplateId } from '@ge/domain';
import { type TestDatabase, testDatabase } from '@ge/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

let db: TestDatabase;

/** `no` runs over the rows; a hundred sellers share them. */
const filled = [
  `insert into shipping_templates (id, seller_id, name, is_default, ge_state)
   select 'T' || no, 'S' || no % 100, 'Name ' || no, false, case when no % 3 = 0 then 'enabled' else 'off' end from generate_series(1, 5000) no`,
  `insert into template_aliases (seller_id, name, template_id) select 'S' || no % 100, 'Former ' || no, 'T' || no from generate_series(1, 5000) no`,
  `insert into skus (seller_id, sku, template_id, verdict) select 'S' || no % 100, 'K' || no, 'T' || no % 5000, 'eligible' from generate_series(1, 10000) no`,
  `insert into inquiries (id, seller_id, state, message, created_at) select 'I' || no, 'S' || no % 100, 'denied', '', now() from generate_series(1, 5000) no`,
  `insert into invitations (id, seller_id, campaign_id, state, created_at, expires_at)
   select 'I' || no, 'S' || no % 100, 'C' || no % 50, 'expired', now(), now() from generate_series(1, 5000) no`,
  `insert into operations (id, seller_id, kind, state, created_at) select 'O' || no, 'S' || no % 100, 'test', 'closed', now() from generate_series(1, 5000) no`,
  `insert into orders (id, seller_id, is_global_express, destination, ship_to, lines, state, handling_days, ship_by, payout, created_at)
   select 'O' || no, 'S' || no % 100, true, (array['DE', 'FR', 'IT', 'GB', 'JP'])[1 + no % 5], '{}', '[]',
          case when no % 10 = 0 then 'pending' else 'confirmed' end, 2, now(), 'pending', now() - no * interval '1 hour'
     from generate_series(1, 10000) no`,
  `insert into messages (queue, name, seller_id, payload, operation_id, state, due_at, fingerprint)
   select (array['label-purchase', 'sku-assignment'])[1 + no % 2], (array['buy-label', 'assign-skus'])[1 + no % 2], 'S' || no % 100, jsonb_build_object('labelId', 'L' || no), 'O' || no % 500,
          case when no % 50 = 0 then 'dead' else 'ready' end, case when no % 3 = 0 then now() end, case when no % 50 = 0 then 'f' end
     from generate_series(1, 20000) no`,
  `insert into label_purchases (id, order_id, seller_id, parcel_no, parcel, declaration, state, carrier_id, service_id, offer_token, quoted, format, is_protected, idempotency_key, created_at)
   select 'L' || no, 'O' || no, 'S' || no % 100, 1, '{}', '{}', 'purchased', 'easypost', 'UPS', 'shp_' || no || '.rate_1.hash', '{}', 'PDF', true, 'K' || no, now() from generate_series(1, 5000) no`,
  'analyze',
];

beforeAll(async () => {
  db = await testDatabase(2);
  for (const statement of filled) await db.database.query(statement);
});

afterAll(() => db.drop());

/** The tables that a query reads from end to end, by the plan of every statement it makes. */
async function readWhole(work: (tx: Transaction) => Promise<unknown>): Promise<string[]> {
  const plans: string[] = [];
  await db.database.transaction(async (tx) => {
    const query = tx.query.bind(tx);
    tx.query = async <Row extends object>(text: string, params?: readonly unknown[]) => {
      const lines = await query<{ 'QUERY PLAN': string }>(`explain ${text}`, params);
      plans.push(...lines.map((line) => line['QUERY PLAN']));
      return query<Row>(text, params);
    };
    await work(tx);
  });
  expect(plans.length).toBeGreaterThan(0);
  return plans.filter((line) => line.includes('Seq Scan'));
}

const sellerId = 'S7' as SellerId;
const europe = ['DE', 'FR', 'IT'] as CountryCode[];
const first = { after: null, limit: 50 };

const queries: Readonly<Record<string, (tx: Transaction) => Promise<unknown>>> = {
  templatesPage: (tx) => templatesPage(tx, { ...first, sellerId, geState: null, name: null }),
  enabledTemplatePages: (tx) => enabledTemplatePages(tx, [{ sellerId, after: null }], 50),
  lockEnabledTemplates: (tx) => lockEnabledTemplates(tx, { after: null, until: null }, 50),
  'lockEnabledTemplates of a part': (tx) =>
    lockEnabledTemplates(tx, { after: 'T1' as TemplateId, until: 'T4' as TemplateId }, 50),
  isAlone: (tx) => isAlone(tx, 'sku-assignment', sellerId),
  removeTemplate: (tx) => removeTemplate(tx, 'T4999' as TemplateId),
  skuCountsOf: (tx) => skuCountsOf(tx, 'T7' as TemplateId),
  countEligibleSkus: (tx) => countEligibleSkus(tx, ['T7', 'T107'] as TemplateId[]),
  skusOfSeller: (tx) => skusOfSeller(tx, { ...first, sellerId, templateId: null }),
  inquiriesPage: (tx) => inquiriesPage(tx, { ...first, sellerId, state: null }),
  invitationsPage: (tx) =>
    invitationsPage(tx, { ...first, sellerId: null, state: null, campaignId: 'C7' as CampaignId }),
  campaignCounts: (tx) => campaignCounts(tx, 'C7' as CampaignId),
  operationsOfSeller: (tx) => operationsOfSeller(tx, { sellerId, state: null, before: null, limit: 50 }),
  ordersOfSeller: (tx) => ordersOfSeller(tx, { ...first, sellerId, state: null }),
  dutiesOfSeller: (tx) => dutiesOfSeller(tx, sellerId, null, 50),
  backlogPage: (tx) => backlogPage(tx, { queues: queueNames, sellerId: null, withLater: true, after: null, limit: 50 }),
  'backlogPage of a seller': (tx) =>
    backlogPage(tx, { queues: queueNames, sellerId, withLater: true, after: null, limit: 50 }),
  cancelBacklog: (tx) => cancelBacklog(tx, { sellerId, queues: ['sku-assignment'], reason: 'x', dryRun: false }),
  deadMessagesPage: (tx) => deadMessagesPage(tx, { group: null, after: null, limit: 50 }),
  messagesAbout: (tx) => messagesAbout(tx, { queues: ['label-purchase'], sellerId, field: 'labelId', id: 'L8' }),
  messagesOfOperation: (tx) => messagesOfOperation(tx, 'O8'),
  labelsOfShipments: (tx) => labelsOfShipments(tx, 'easypost', ['shp_7', 'shp_8']),
  lockOpenOrdersTo: (tx) => lockOpenOrdersTo(tx, europe, null, 50),
};

test.each(Object.keys(queries))('%s reads no table from end to end', async (name) => {
  expect(await readWhole(queries[name]!)).toEqual([]);
});
