import { join } from 'node:path';
import { createClient, routes } from '@ge/api';
import { auditFleet, auditOverApi, type Command, lastCharge } from '@ge/audit';
import { eventually, runFolder, startService, testDatabase, testSpace } from '@ge/testkit';
import { expect, test } from 'vitest';
import { carrierKey } from './scene/carrier.ts';
import { domesticShipping, sellerId as sellerOf, skuCode, templateId } from './scene/market.ts';
import { openScene } from './scene/scene.ts';

const operatorKey = 'an-operator-key-for-the-tests';
const buyer = {
  name: 'Jörg Weiß',
  line1: 'Hauptstraße 5',
  city: 'Köln',
  postalCode: '50667',
  country: 'DE',
  phone: '+49 30 555010',
};

test('what came in over HTTP, synchronous writes among it, is found as the model has it', {
  timeout: 200_000,
}, async () => {
  const db = await testDatabase();
  const folder = await runFolder();
  const space = testSpace();
  const stores = { database: db.database, databaseUrl: db.url, space };
  const kept = { journal: join(folder.path, 'journal'), carriersBook: join(folder.path, 'carriers.db') };
  const scene = await openScene(stores, { sellers: 1, guests: 0 }, kept);
  const gateway = await startService('gateway', {
    databaseUrl: db.url,
    space,
    env: {
      PORT: '0',
      OPERATOR_KEY: operatorKey,
      ENROLLMENT_SECRETS: 'a secret of the tests that has more than 32 bytes',
      CARRIER_URL: scene.carriersBook.url,
      CARRIER_API_KEY: carrierKey,
    },
  });
  try {
    await scene.fleet.startAll();
    const port = gateway.log.find(({ msg }) => msg === 'listening')?.port;
    const client = createClient({ baseUrl: `http://127.0.0.1:${port}`, apiKey: operatorKey });
    const after = await lastCharge(scene.carriersBook);
    const sellerId = sellerOf(0);
    const ofSeller = { params: { sellerId } };

    /** Sends one command and writes down what was answered. */
    const send = async <A extends object>(ask: (key: string) => Promise<A>, as: (answer: A) => Command): Promise<A> => {
      const idempotencyKey = crypto.randomUUID();
      const sentAt = Date.now();
      const answer = await ask(idempotencyKey);
      scene.journal!.add({
        answer: 'accepted',
        door: { by: 'api', idempotencyKey },
        operationId: 'operationId' in answer ? String(answer.operationId) : null,
        commandNo: null,
        intendedAt: sentAt,
        sentAt,
        answeredAt: Date.now(),
        command: as(answer),
      });
      return answer;
    };

    const { template } = await send(
      (idempotencyKey) =>
        client.call(routes.templates.createTemplate, { ...ofSeller, body: { name: 'Late' }, idempotencyKey }),
      (answer) => ({
        kind: 'create-template',
        sellerId,
        templateId: answer.template.id,
        name: 'Late',
        domesticShipping: null,
      }),
    );
    const ofTemplate = { params: { sellerId, templateId: template.id } };
    await send(
      (idempotencyKey) =>
        client.call(routes.templates.editDomesticShipping, {
          ...ofTemplate,
          body: { domesticShipping: domesticShipping as never },
          idempotencyKey,
        }),
      () => ({ kind: 'edit-domestic-shipping', sellerId, templateId: template.id, domesticShipping }),
    );
    const shipFrom = [`${sellerId}-adr`];
    await send(
      (idempotencyKey) =>
        client.call(routes.wizard.enableByHand, {
          ...ofTemplate,
          body: { shipFrom: shipFrom as never },
          idempotencyKey,
        }),
      () => ({ kind: 'activate-template', sellerId, templateId: template.id, shipFrom, carrierPreferences: null }),
    );
    const items = [0, 2].map((no) => ({ sku: skuCode(sellerId, no), template: { id: template.id } }));
    await send(
      (idempotencyKey) =>
        client.call(routes.skus.assignSkus, { ...ofSeller, body: { items: items as never }, idempotencyKey }),
      () => ({ kind: 'assign-skus', sellerId, items }),
    );
    await send(
      (idempotencyKey) =>
        client.call(routes.regions.saveRegionSetting, {
          ...ofSeller,
          body: { excludedDestinations: ['JP'] },
          idempotencyKey,
        }),
      () => ({ kind: 'save-region-setting', sellerId, destinations: ['JP'] }),
    );
    const orderId = '114-0000001-7654321' as never;
    const line = { lineId: '1', sku: skuCode(sellerId, 1), quantity: 1, unitPrice: { minor: 19_99, currency: 'USD' } };
    const asked = { orderId, isGlobalExpress: true, destination: 'DE', lines: [line as never], shipTo: buyer };
    await send(
      (idempotencyKey) => client.call(routes.orders.createOrder, { ...ofSeller, body: asked as never, idempotencyKey }),
      ({ order: { shipTo: _, ...order } }) => ({ kind: 'create-order', sellerId, order }),
    );
    const parcel = {
      weightGrams: 1_250,
      lengthMm: 300,
      widthMm: 200,
      heightMm: 120,
      contents: [{ lineId: '1', quantity: 1 }],
    };
    const { label } = await send(
      (idempotencyKey) =>
        client.call(routes.labels.requestLabel, {
          params: { orderId },
          body: { choose: 'cheapest', parcelNo: 1, parcel, format: 'ZPL203' } as never,
          idempotencyKey,
        }),
      (answer) => ({ kind: 'buy-label', sellerId, orderId, labelId: answer.label.id, confirms: true }),
    );
    const feed = [
      'sku\tmerchant_shipping_group_name\tadd-delete',
      `${skuCode(sellerId, 3)}\tTemplate 5`,
      `${skuCode(sellerId, 2)}\tTemplate 0`,
    ].join('\r\n');
    await send(
      (idempotencyKey) =>
        client.call(routes.feeds.uploadFeed, {
          ...ofSeller,
          query: { type: 'inventory-loader' },
          upload: { bytes: feed, mediaType: 'text/plain' },
          idempotencyKey,
        }),
      ({ feedId }) => ({
        kind: 'upload-feed',
        sellerId,
        feedId,
        rowCount: 2,
        rows: [
          { sku: skuCode(sellerId, 3), templateName: 'Template 5' },
          { sku: skuCode(sellerId, 2), templateName: 'Template 0' },
        ],
      }),
    );
    const left = templateId(sellerId, 1);
    await send(
      (idempotencyKey) =>
        client.call(routes.deactivation.deactivateTemplate, { params: { sellerId, templateId: left }, idempotencyKey }),
      () => ({ kind: 'deactivate-template', sellerId, templateId: left }),
    );
    await eventually('the label is bought', async () => {
      const { state } = await client.call(routes.labels.getLabel, { params: { labelId: label.id } });
      return state === 'purchased';
    });
    await send(
      (idempotencyKey) => client.call(routes.labels.voidLabel, { params: { labelId: label.id }, idempotencyKey }),
      () => ({ kind: 'void-label', sellerId, orderId, labelId: label.id }),
    );
    await eventually(
      'nothing is owed but the payout at the ship-by date',
      async () =>
        (await db.database.query(`select from messages where due_at is null or due_at < now() + interval '1 hour'`))
          .length === 0,
      60_000,
    );
    scene.journal!.close();
    const ledger = { ...scene.carriersBook, after };
    const report = await auditFleet({ database: db.database, folder: kept.journal, ledger, now: new Date() });
    expect(report).toMatchObject({ ok: true, findings: [], accepted: 10, terminalStates: { done: 10 } });
    expect(report.unchecked).toMatchObject([{ what: 'payout of an order', times: 1 }]);
    expect(report.checked).toMatchObject({ templates: 10, charges: 1, feeds: 1 });
    // Who has only the API and the carrier's book finds the same, as far as these show it.
    const fromOutside = await auditOverApi({ client, folder: kept.journal, ledger });
    expect(fromOutside).toMatchObject({ ok: true, findings: [], accepted: 10, terminalStates: { done: 10 } });
    expect(fromOutside.checked).toMatchObject({ operations: 7, labels: 1, charges: 1, feeds: 1, templates: 10 });
  } finally {
    await gateway.stop();
    await scene.close();
    await db.drop();
    folder.discard();
  }
});
