import { type Route, routeCatalogue, routes } from '@ge/api';
import { queueNames } from '@ge/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusedWith } from './refusedWith.ts';
import { importSeller } from './sellers.ts';
import { startGateway, type TestGateway } from './startGateway.ts';
import { anOrder, openShop } from './tradeFixture.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ BACKLOG_PER_QUEUE: '100', BACKLOG_PER_SELLER: '40' });
});
afterAll(() => gateway?.close());

const owe = (queue: string, sellerId: string, messages: number) =>
  gateway.database.query(
    `insert into messages (queue, name, seller_id, payload)
     select $1, 'test', $2, '{}' from generate_series(1, $3::int)`,
    [queue, sellerId, messages],
  );
const settle = () => gateway.database.query(`delete from messages where name = 'test'`);
const owed = async () => {
  const [row] = await gateway.database.query<{ messages: string }>('select count(*) as messages from messages');
  return Number(row!.messages);
};

const appending: readonly Route[] = routeCatalogue.filter(({ appendsTo }) => appendsTo !== undefined);

/** A bare request: what is refused at the door is refused whatever the request says. */
const knock = (route: Route, sellerId: string) =>
  fetch(gateway.baseUrl + route.path.replace('{sellerId}', sellerId).replace(/\{\w+\}/g, 'none'), {
    method: route.method,
    headers: { authorization: `Bearer ${gateway.operatorKey}` },
  });
const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;

describe('a full queue', () => {
  it('is declared by routes under its own name, by writes only', () => {
    expect(appending.length).toBeGreaterThan(15);
    for (const { id, appendsTo, method } of appending) {
      expect(
        appendsTo!.filter((queue) => !queueNames.includes(queue)),
        id,
      ).toEqual([]);
      expect(method, id).not.toBe('GET');
    }
    for (const { id } of routeCatalogue.filter(({ evenOverloaded }) => evenOverloaded)) {
      expect(appending.map((route) => route.id)).toContain(id);
    }
  });

  it('refuses every command that would add to it, at once, and lets the others and what takes work back pass', async () => {
    const { sellerId } = await importSeller(gateway.operator);
    for (const queue of queueNames) {
      await owe(queue, 'somebody', 20);
      await owe(queue, 'someone', 20);
      for (let no = 0; no < 3; no += 1) await owe(queue, `other-${no}`, 20);
      const full = appending.filter((route) => !route.evenOverloaded && route.appendsTo!.includes(queue));
      expect(full.length, queue).toBeGreaterThan(0);
      await expect.poll(async () => (await knock(full[0]!, sellerId)).status).toBe(503);
      for (const route of full) {
        const response = await knock(route, sellerId);
        expect([response.status, await codeOf(response)], route.id).toEqual([503, 'http.overloaded']);
        expect(response.headers.get('retry-after'), route.id).toBe('5');
      }
      for (const route of routeCatalogue.filter((other) => !full.includes(other))) {
        const response = await knock(route, sellerId);
        expect(response.status, `${queue}: ${route.id}`).not.toBe(503);
        await response.body?.cancel();
      }
      await settle();
      await expect.poll(async () => (await knock(full[0]!, sellerId)).status).not.toBe(503);
    }
  });

  it('answers without asking the database', async () => {
    const { sellerId } = await openShop(gateway);
    const order = () => gateway.operator.call(routes.orders.createOrder, { params: { sellerId }, body: anOrder() });
    await order();
    for (let no = 0; no < 5; no += 1) await owe('label-purchase', `other-${no}`, 20);
    await expect.poll(async () => (await refusedWith(order())).code).toBe('http.overloaded');
    const before = await owed();
    // Nothing in the database can be touched meanwhile, so whoever answers has not asked it.
    await gateway.database.transaction(async (tx) => {
      await tx.query('lock table sellers, orders, messages, idempotency_keys in access exclusive mode');
      for (let call = 0; call < 30; call += 1) {
        expect((await refusedWith(order())).code).toBe('http.overloaded');
      }
    });
    expect(await owed()).toBe(before);
    await settle();
    await expect
      .poll(async () =>
        order().then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
  });

  it("of one seller's work refuses this seller and nobody else", async () => {
    const [flooding, other] = [await openShop(gateway), await openShop(gateway)];
    await owe('sku-assignment', flooding.sellerId, 40);
    const assign = (sellerId: string) =>
      gateway.operator.call(routes.skus.assignSkus, {
        params: { sellerId },
        body: { items: [{ sku: 'SHIRT', template: { name: 'World' } }] },
      });
    await expect
      .poll(async () =>
        assign(flooding.sellerId).then(
          () => '',
          ({ problem }) => problem.code,
        ),
      )
      .toBe('http.overloaded');
    await assign(other.sellerId);
    await settle();
  });
});
