import { type Client, routes } from '@ge/api';
import { type CarrierSimulator, startCarrierSimulator } from '@ge/carrier-simulator';
import { LabelPurchaseEntity, type LabelRow, MessageEntity } from '@ge/database';
import type { LabelId } from '@ge/domain';
import { startGateway, type TestGateway } from './startGateway.ts';
import { anOrder, aParcel, openShop, type Shop } from './tradeFixture.ts';

export const adminToken = 'an-admin-token-for-tests';
export const apiKey = 'a-carrier-key-for-tests';

export const ago = (ms: number) => new Date(Date.now() - ms).toISOString();

type Wanted =
  | { readonly offerToken: string; readonly itn?: string; readonly priceTolerance?: { readonly percent: number } }
  | { readonly choose: 'cheapest' | 'protected'; readonly parcel: ReturnType<typeof aParcel> };

/** A gateway that sells labels of a carrier simulator; one shop with one GE order at a time. */
class TradeDesk {
  simulator!: CarrierSimulator;
  gateway!: TestGateway;
  shop!: Shop;
  seller!: Client;
  /** The order that quotes and labels are asked for. */
  orderId = '';

  /** `env`: of the gateway, or what makes it from the address of the simulator; `own`: what each carrier's settings say. */
  async open(
    env: Readonly<Record<string, string>> | ((url: string) => Readonly<Record<string, string>>) = {},
    own: Readonly<Record<string, unknown>> = {},
  ): Promise<void> {
    this.simulator = await startCarrierSimulator({ apiKey, adminToken });
    const carrier = {
      CARRIER_URL: this.simulator.url,
      CARRIER_API_KEY: apiKey,
      CARRIER_TIMEOUT_MS: '1500',
      RATE_LIMIT_SELLER: '10000',
    };
    const CARRIERS = JSON.stringify({ 'simulator-express': own, 'simulator-parcel': own });
    const more = typeof env === 'function' ? env(this.simulator.url) : env;
    this.gateway = await startGateway({ ...carrier, CARRIERS, ...more });
  }

  /** What goes wrong at the carriers from now on: these rules and no others. */
  async fail(...rules: readonly object[]): Promise<void> {
    const headers = { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' };
    const url = `${this.simulator.url}/faults`;
    await fetch(url, { method: 'DELETE', headers });
    const set = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ rules }) });
    if (!set.ok) throw new Error(await set.text());
  }

  /** How often the express carrier was asked for a quote. */
  async quotesAsked(): Promise<number> {
    const headers = { authorization: `Bearer ${adminToken}` };
    const answer = await fetch(`${this.simulator.url}/ledger/calls?limit=1000`, { headers });
    const { calls } = (await answer.json()) as { calls: readonly { operation: string; carrier: string }[] };
    return calls.filter(({ operation, carrier }) => operation === 'quote' && carrier === 'express').length;
  }

  async close(): Promise<void> {
    await this.gateway?.close();
    await this.simulator?.close();
  }

  async nextShop(): Promise<void> {
    this.shop = await openShop(this.gateway);
    this.seller = await this.gateway.clientOf('seller', this.shop.sellerId);
    this.orderId = await this.newOrder();
  }

  async newOrder(over: Parameters<typeof anOrder>[0] = {}): Promise<string> {
    const params = { sellerId: this.shop.sellerId };
    const { order } = await this.gateway.producer.call(routes.orders.createOrder, { params, body: anOrder(over) });
    return order.id;
  }

  quote(body: object = {}, client = this.seller) {
    const params = { orderId: this.orderId };
    return client.call(routes.quotes.createQuote, { params, body: { parcel: aParcel(), ...body } });
  }

  request(body: Wanted, idempotencyKey?: string) {
    const params = { orderId: this.orderId };
    const key = idempotencyKey === undefined ? {} : { idempotencyKey };
    return this.seller.send(routes.labels.requestLabel, { params, body, ...key });
  }

  messagesNamed(name: string) {
    return this.gateway.database.transaction((tx) =>
      tx.select(MessageEntity, 'where t.seller_id = $1 and t.name = $2 order by t.id', [this.shop.sellerId, name]),
    );
  }

  change(id: LabelId, to: Partial<LabelRow>) {
    return this.gateway.database.transaction(async (tx) => {
      const [row] = await tx.lock(LabelPurchaseEntity, [id]);
      await tx.update(LabelPurchaseEntity, [{ ...row!, ...to }]);
    });
  }

  /** A label as label-purchase leaves it after the carrier has sold it. */
  async bought(trackingId: string, over: Partial<LabelRow> = {}): Promise<LabelId> {
    const { body } = await this.request({ choose: 'cheapest', parcel: aParcel() });
    const { id } = body.label;
    const done = { state: 'purchased', trackingId, shipmentRef: `SH-${trackingId}`, endedAt: new Date() } as const;
    await this.change(id, { ...done, ...over });
    await this.gateway.database.query(`update orders set state = 'confirmed', confirmed_at = now() where id = $1`, [
      this.orderId,
    ]);
    return id;
  }
}

export const tradeDesk = () => new TradeDesk();
