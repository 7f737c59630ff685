import { routes } from '@ge/api';
import { assignSkus, deactivateTemplate } from '@ge/contracts';
import type { SellerId } from '@ge/domain';
import type { Random } from '../generator/random.ts';
import { domesticShipping, movedSku, soldSku, templateName } from '../market/market.ts';
import type { Sending } from './sending.ts';

/** One start of a kind of load: what is sent for this seller, one call after the other. */
type Play = (sending: Sending, seller: SellerId, random: Random) => Promise<void>;

const rowsInFeed = 20;
const destinations = ['FR', 'JP', 'BR', 'CA', 'AU', 'M49-155'];
const buyer = { name: 'Jörg Weiß', line1: 'Hauptstraße 5', city: 'Köln', postalCode: '50667', country: 'DE' };

/** An order from Germany, a quote for it and the cheapest label: what a marketplace does most. */
const label: Play = async (sending, seller, random) => {
  const orderId = sending.nextOrderId();
  const lineId = `${random.below(1e9)}`;
  const sku = soldSku(seller, random.below(1_000)) as never;
  const placed = await sending.send(
    (key) =>
      sending.client.call(routes.orders.createOrder, {
        params: { sellerId: seller },
        body: {
          orderId,
          isGlobalExpress: true,
          destination: 'DE',
          shipTo: buyer,
          lines: [{ lineId, sku, quantity: 1, unitPrice: { minor: 1999, currency: 'USD' } }],
        } as never,
        idempotencyKey: key,
      }),
    (answer) => {
      // Without an answer its own id is all that is known; the audit asks for the rest.
      const { shipTo: _, ...order } = (answer?.order ?? { id: orderId }) as {
        readonly id: string;
        readonly shipTo?: unknown;
      };
      return { kind: 'create-order', sellerId: seller, order };
    },
  );
  if (!placed) return;
  const params = { orderId: placed.order.id };
  const parcel = { weightGrams: 400, lengthMm: 300, widthMm: 200, heightMm: 50, contents: [{ lineId, quantity: 1 }] };
  const quote = await sending.ask(() =>
    sending.client.call(routes.quotes.createQuote, { params, body: { parcel, format: 'ZPL203' } as never }),
  );
  const offer = quote?.offers[0];
  if (!offer) return;
  await sending.send(
    (key) =>
      sending.client.call(routes.labels.requestLabel, {
        params,
        body: { offerToken: offer.offerToken, format: 'ZPL203' } as never,
        idempotencyKey: key,
      }),
    (answer) => ({
      kind: 'buy-label',
      sellerId: seller,
      orderId: placed.order.id,
      labelId: answer?.label.id ?? null,
      confirms: true,
    }),
  );
};

const feed: Play = async (sending, seller, random) => {
  const first = random.below(1_000);
  const rows = Array.from({ length: rowsInFeed }, (_, no) => ({
    sku: movedSku(seller, first + no),
    templateName: templateName(random.below(3)),
  }));
  const lines = ['sku\tmerchant-shipping-group-name', ...rows.map((row) => `${row.sku}\t${row.templateName}`)];
  await sending.send(
    (key) =>
      sending.client.call(routes.feeds.uploadFeed, {
        params: { sellerId: seller },
        query: { type: 'inventory-loader', fileName: 'flood.txt' },
        upload: { bytes: `${lines.join('\n')}\n`, mediaType: 'text/tab-separated-values' },
        idempotencyKey: key,
      }),
    (answer) => ({
      kind: 'upload-feed',
      sellerId: seller,
      feedId: answer?.feedId ?? null,
      rowCount: rows.length,
      rows,
    }),
  );
};

const region: Play = async (sending, seller, random) => {
  const chosen = destinations.filter(() => random.unit() < 0.4);
  await sending.send(
    (key) =>
      sending.client.call(routes.regions.saveRegionSetting, {
        params: { sellerId: seller },
        body: { excludedDestinations: chosen },
        idempotencyKey: key,
      }),
    () => ({ kind: 'save-region-setting', sellerId: seller, destinations: chosen }),
  );
};

/** Of a template that no other command of the load touches at the same time: a write without a number. */
const edit: Play = async (sending, seller, random) => {
  const template = sending.market.spareTemplate(seller, random.below(1_000));
  const shipping = domesticShipping(100 + random.below(400));
  await sending.alone(template, () =>
    sending.send(
      (key) =>
        sending.client.call(routes.templates.editDomesticShipping, {
          params: { sellerId: seller, templateId: template },
          body: { domesticShipping: shipping as never },
          idempotencyKey: key,
        }),
      () => ({
        kind: 'edit-domestic-shipping',
        sellerId: seller,
        templateId: template,
        domesticShipping: shipping,
      }),
    ),
  );
};

const skus: Play = async (sending, seller, random) => {
  const first = random.below(1_000);
  const items = Array.from({ length: 10 }, (_, no) => ({
    sku: movedSku(seller, first + no) as never,
    template: { name: templateName(random.below(3)) },
  }));
  await sending.send(
    (key) =>
      sending.client.call(routes.skus.assignSkus, {
        params: { sellerId: seller },
        body: { items },
        idempotencyKey: key,
      }),
    () => ({ kind: 'assign-skus', sellerId: seller, items }),
  );
};

const enroll: Play = async (sending, seller) => {
  await sending.send(
    (key) =>
      sending.client.call(routes.enrollment.enroll, {
        params: { sellerId: seller },
        body: { templates: null },
        idempotencyKey: key,
      }),
    () => ({ kind: 'enroll', sellerId: seller, templates: null }),
  );
};

const deactivate: Play = async (sending, seller, random) => {
  const template = sending.market.spareTemplate(seller, random.below(1_000));
  await sending.send(
    (key) =>
      sending.client.call(routes.deactivation.deactivateTemplate, {
        params: { sellerId: seller, templateId: template },
        idempotencyKey: key,
      } as never),
    () => ({ kind: 'deactivate-template', sellerId: seller, templateId: template }),
  );
};

const directSkus: Play = async (sending, seller, random) => {
  const first = random.below(1_000);
  const items = Array.from({ length: 10 }, (_, no) => ({
    sku: movedSku(seller, first + no),
    template: { name: templateName(random.below(3)) },
  }));
  await sending.direct(
    assignSkus,
    seller,
    1 + random.below(3),
    (commandNo) => ({ sellerId: seller, commandNo, items }),
    { kind: 'assign-skus', sellerId: seller, items },
  );
};

const directDeactivate: Play = async (sending, seller, random) => {
  const template = sending.market.spareTemplate(seller, random.below(1_000));
  const command = { kind: 'deactivate-template', sellerId: seller, templateId: template } as const;
  await sending.direct(
    deactivateTemplate,
    seller,
    1 + random.below(3),
    (commandNo) => ({ sellerId: seller, commandNo, templateId: template }),
    command,
  );
};

export const plays = {
  ...{ label, feed, region, edit, skus, enroll, deactivate },
  ...{ directSkus, directDeactivate },
} as const;
export type PlayName = keyof typeof plays;
