import { routes } from '@ge/api';
import { expect, test } from 'vitest';
import type { LabelRecord } from '../generate/plan/labels.ts';
import type { OrderRecord, TemplateRecord } from '../generate/records.ts';
import { readJson, type SellerRecord, type SkuRecord } from './inMemory.ts';
import type { StoryFile } from './storyFile.ts';

interface Body {
  safeParse(value: unknown): { readonly success: boolean; readonly error?: { readonly issues: unknown } };
}

/** What the gateway would say of the shape of each body; nothing where it takes them. */
const misfits = (schema: Body, bodies: readonly unknown[]): unknown[] =>
  bodies.flatMap((body) => schema.safeParse(body).error?.issues ?? []);

test('sellers are an import, their general address by its place in the list', () => {
  const bodies = readJson<SellerRecord[]>('sellers.json').map((record) => {
    const { id, generalAddressId, regionAutoApply: _, addresses, ...seller } = record;
    const general = addresses.findIndex((entry) => entry.id === generalAddressId);
    const generalAddress = general === -1 ? null : general;
    return {
      sellers: [{ ...seller, sellerId: id, addresses: addresses.map(({ address }) => address), generalAddress }],
    };
  });
  expect(misfits(routes.sellers.importSellers.body, bodies)).toEqual([]);
});

test('templates are an import with the wizard step reached', () => {
  const bodies = readJson<TemplateRecord[]>('templates.json').map(({ name, isDefault, domesticShipping, wizard }) => {
    const { step: wizardStep = null, shipFrom = [], carrierPreferences = [] } = wizard ?? {};
    return { templates: [{ name, isDefault, domesticShipping, shipFrom, carrierPreferences, wizardStep }] };
  });
  expect(misfits(routes.templates.importTemplates.body, bodies)).toEqual([]);
});

test('SKUs, assignments, region settings, orders and labels are bodies as they stand', () => {
  const skus = readJson<SkuRecord[]>('skus.json').map(({ sku, title, templateId, exportData }) => ({
    skus: [{ sku, title, template: { id: templateId }, exportData }],
  }));
  expect(misfits(routes.skus.importSkus.body, skus)).toEqual([]);

  const { items, oneTooMany } = readJson<StoryFile>('story.json').pageAssignment;
  const assignments = [items, oneTooMany].map((list) => ({
    items: list.map(({ sku, templateId }) => ({ sku, template: { id: templateId } })),
  }));
  expect(misfits(routes.skus.assignSkus.body, assignments)).toEqual([]);

  const regions = readJson<{ excludedDestinations: string[] }[]>('regions.json');
  expect(
    misfits(
      routes.regions.saveRegionSetting.body,
      regions.map(({ excludedDestinations }) => ({ excludedDestinations })),
    ),
  ).toEqual([]);

  const orders = readJson<OrderRecord[]>('orders.json').map(({ phase: _, sellerId: __, id, ...order }) => ({
    ...order,
    orderId: id,
  }));
  expect(misfits(routes.orders.createOrder.body, orders)).toEqual([]);

  const labels = readJson<LabelRecord[]>('labels.json').map(({ parcelNo, parcel, format }) => ({
    choose: 'cheapest',
    parcelNo,
    parcel,
    format,
  }));
  expect(misfits(routes.labels.requestLabel.body, labels)).toEqual([]);
});
