import { type Client, createClient, routes } from '@ge/api';
import { MessageEntity } from '@ge/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codesOf, refusedWith } from './refusedWith.ts';
import { startGateway, type TestGateway } from './startGateway.ts';
import { openShop, type Shop, shirt } from './tradeFixture.ts';

let gateway: TestGateway;
let shop: Shop;
let seller: Client;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway?.close());

const open = async () => {
  shop = await openShop(gateway);
  seller = await gateway.clientOf('seller', shop.sellerId);
  return { sellerId: shop.sellerId };
};

const messages = (sellerId: string) =>
  gateway.database.transaction((tx) => tx.select(MessageEntity, 'where t.seller_id = $1 order by t.id', [sellerId]));

describe('importing SKUs', () => {
  it('screens each one, stores the verdict, places new ones and gives every item its result (R5, R16)', async () => {
    const params = await open();
    const body = {
      skus: [
        { sku: 'NEW-1', title: 'Shirt', template: { name: 'World' }, exportData: shirt },
        { sku: 'NEW-2', title: 'Rifle', exportData: { ...shirt, category: 'weapons' } },
        { sku: 'NEW-3', template: { name: 'Worlds' }, exportData: shirt },
        { sku: 'NEW-4', template: { id: 'tpl_other' } },
        { sku: 'SHIRT', title: 'Blue shirt', template: { name: 'Home' }, exportData: shirt },
        { sku: 'NEW-5', template: { name: 'Abroad' } },
      ],
    };
    const first = await gateway.producer.call(routes.skus.importSkus, { params, body });
    expect(first.counts).toEqual({ created: 3, updated: 1, unchanged: 0, refused: 2 });
    expect(first.results).toMatchObject([
      { outcome: 'created', templateId: shop.world, verdict: 'eligible', verdictRule: null, findings: [] },
      { outcome: 'created', templateId: shop.home, verdict: 'prohibited', verdictRule: 'EL-P01' },
      { outcome: 'refused', templateId: null, refusals: [{ code: 'template.name_near' }] },
      { outcome: 'refused', refusals: [{ code: 'sku.template_unknown', field: '/skus/3/template' }] },
      { outcome: 'updated', templateId: shop.world, verdict: 'eligible' },
      { outcome: 'created', templateId: shop.world, verdict: 'incomplete' },
    ]);
    expect(first.results[1]!.findings[0]).toMatchObject({ code: 'product.weapons', rule: 'R5' });
    const again = await gateway.producer.call(routes.skus.importSkus, { params, body });
    expect(again.counts).toEqual({ created: 0, updated: 0, unchanged: 4, refused: 2 });
    const rifle = await seller.call(routes.skus.getSku, { params: { ...params, sku: 'NEW-2' } });
    expect(rifle).toMatchObject({
      exportable: false,
      verdict: 'prohibited',
      template: { name: 'Home', geState: 'off' },
    });
    expect(rifle.reasons.map(({ code }) => code)).toEqual(['sku.template_without_ge', 'sku.not_eligible']);
    expect(rifle.findings[0]).toMatchObject({ code: 'product.weapons', field: '/exportData/category' });
  });

  it('takes a thousand at once, and nothing that does not fit its schema', async () => {
    const params = await open();
    const skus = Array.from({ length: 1_000 }, (_, i) => ({ sku: `M-${i}`, exportData: shirt }));
    const answer = await gateway.producer.call(routes.skus.importSkus, { params, body: { skus } });
    expect(answer.counts.created).toBe(1_000);
    for (const bad of [
      [...skus, { sku: 'one-more' }],
      [{ sku: 'A' }, { sku: 'A' }],
      [{ sku: 'x'.repeat(41) }],
      [{ sku: 'a\u0007' }],
    ]) {
      const problem = await refusedWith(gateway.producer.call(routes.skus.importSkus, { params, body: { skus: bad } }));
      expect(problem).toMatchObject({ status: 400, code: 'http.validation' });
    }
  });
});

describe('SKUs', () => {
  it('are listed page by page, of one template or all, and say whether they are exportable (R4)', async () => {
    const params = await open();
    const list = (query: object) => seller.call(routes.skus.listSkus, { params, query });
    const first = await list({ limit: 2 });
    const second = await list({ limit: 2, cursor: first.nextCursor! });
    expect([...first.items, ...second.items].map(({ sku, exportable }) => [sku, exportable])).toEqual([
      ['BARE', false],
      ['HOME-SHIRT', false],
      ['SHIRT', true],
    ]);
    expect(second.nextCursor).toBeNull();
    const ofHome = await list({ templateId: shop.home });
    expect(ofHome.items.map(({ sku }) => sku)).toEqual(['HOME-SHIRT']);
  });
});

describe('a direct assignment', () => {
  it('is accepted with an operation and one message that carries its place in the order of commands (R14)', async () => {
    const params = await open();
    const items = [
      { sku: 'SHIRT', template: { id: shop.home } },
      { sku: 'NO-SUCH', template: { name: 'World' } },
    ];
    const request = { params, body: { items }, idempotencyKey: 'assign-1' };
    const accepted = await seller.send(routes.skus.assignSkus, request);
    expect(accepted.status).toBe(202);
    const again = await seller.send(routes.skus.assignSkus, request);
    expect(again.body).toEqual(accepted.body);
    const rows = await messages(shop.sellerId);
    expect(rows).toMatchObject([
      { name: 'assign-skus', commandNo: 1, operationId: accepted.body.operationId, payload: { items, commandNo: 1 } },
    ]);
  });

  it('of 51 items is refused with a pointer to feeds, of 50 it is not; duplicates count (R14)', async () => {
    const params = await open();
    const items = (count: number) =>
      Array.from({ length: count }, () => ({ sku: 'SHIRT', template: { id: shop.home } }));
    const problem = await refusedWith(seller.call(routes.skus.assignSkus, { params, body: { items: items(51) } }));
    expect(problem).toMatchObject({
      status: 422,
      code: 'edit.limit_exceeded',
      errors: [
        {
          rule: 'R14',
          field: '/items',
          message: expect.stringContaining('51'),
          remedy: expect.stringContaining('feed'),
        },
      ],
    });
    await seller.call(routes.skus.assignSkus, { params, body: { items: items(50) } });
    const empty = await refusedWith(seller.call(routes.skus.assignSkus, { params, body: { items: [] } }));
    expect(codesOf(empty)).toEqual(['edit.empty']);
  });
});

describe('removal from export', () => {
  it('goes to the default template, and leaves what stands on a template without GE where it is (R16)', async () => {
    const params = await open();
    await seller.call(routes.skus.removeFromExport, { params, body: { skus: ['SHIRT', 'HOME-SHIRT', 'NO-SUCH'] } });
    const [message] = await messages(shop.sellerId);
    expect(message!.payload).toMatchObject({
      items: ['SHIRT', 'HOME-SHIRT', 'NO-SUCH'].map((sku) => ({ sku, template: { id: shop.home } })),
    });
  });

  it('to a template with GE is refused in both languages and offers the call that makes a domestic-only copy (R16)', async () => {
    const params = await open();
    const body = { skus: ['SHIRT'], target: { id: shop.world } };
    const problem = await refusedWith(seller.call(routes.skus.removeFromExport, { params, body }));
    const call = `POST /v1/templates/${shop.world}/domestic-copy`;
    expect(problem).toMatchObject({
      status: 422,
      code: 'removal.target_exports',
      errors: [{ field: '/target', rule: 'R16' }],
    });
    expect(problem.errors[0]!.remedy).toContain(call);
    const apiKey = await gateway.keyOf('seller', shop.sellerId);
    const chinese = createClient({ baseUrl: gateway.baseUrl, apiKey, locale: 'zh-CN' });
    const inChinese = await refusedWith(chinese.call(routes.skus.removeFromExport, { params, body }));
    expect(inChinese.errors[0]!.remedy).toMatch(/副本.*domestic-copy/);

    const copy = await seller.send(routes.skus.copyDomesticOnly, { params: { templateId: shop.world }, body: {} });
    expect(copy).toMatchObject({
      status: 201,
      body: { name: 'World (domestic only)', geState: 'off', isDefault: false },
    });
    const moved = await seller.send(routes.skus.removeFromExport, {
      params,
      body: { skus: ['SHIRT'], target: { id: copy.body.id } },
    });
    expect(moved.status).toBe(202);
    const taken = await refusedWith(
      seller.call(routes.skus.copyDomesticOnly, { params: { templateId: shop.world }, body: { name: 'Abroad' } }),
    );
    expect(taken.code).toBe('template.name_taken');
  });

  it('goes to no template that a command accepted before is about to enable (R16)', async () => {
    const params = await open();
    const remove = (target: { id: string } | null, skus = ['SHIRT', 'HOME-SHIRT']) =>
      seller.send(routes.skus.removeFromExport, { params, body: { skus, target } });
    await gateway.operator.call(routes.invitations.invite, { params });
    await seller.call(routes.enrollment.enroll, { params, body: {} });
    const problem = await refusedWith(remove(null));
    expect(problem.code).toBe('removal.needs_target');
    expect(problem.errors[0]!.remedy).toContain(`${shop.home}/domestic-copy`);
    expect((await refusedWith(remove({ id: shop.home }))).code).toBe('removal.target_exports');

    const copy = await seller.call(routes.skus.copyDomesticOnly, { params: { templateId: shop.home }, body: {} });
    expect((await remove({ id: copy.id })).status).toBe(202);
    const { payload } = (await messages(shop.sellerId)).find(({ name }) => name === 'assign-skus')!;
    expect((payload as { items: unknown }).items).toEqual(
      ['SHIRT', 'HOME-SHIRT'].map((sku) => ({ sku, template: { id: copy.id } })),
    );
  });

  it('copies no template of another seller', async () => {
    await open();
    const other = await gateway.clientOf('seller', 'somebody-else');
    const call = other.call(routes.skus.copyDomesticOnly, { params: { templateId: shop.world }, body: {} });
    expect(await refusedWith(call)).toMatchObject({ status: 404, code: 'http.not_found' });
  });
});
