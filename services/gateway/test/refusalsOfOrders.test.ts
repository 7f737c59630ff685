import { routes } from '@ge/api';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { codesOf, refusedWith } from './refusedWith.ts';
import { tradeDesk } from './tradeDesk.ts';
import { anOrder, aParcel, berlin, usd } from './tradeFixture.ts';

/** Every refusal that the document names for these calls, once; what they mean is tested where the rule is. */
const desk = tradeDesk();
beforeAll(() => desk.open());
afterAll(() => desk.close());
beforeEach(() => desk.nextShop());

type Order = Parameters<typeof anOrder>[0];
const codes = async (call: Promise<unknown>) => codesOf(await refusedWith(call));
const producer = () => desk.gateway.producer;
const sql = (text: string, ...params: unknown[]) => desk.gateway.database.query(text, params);
const ofShop = () => ({ params: { sellerId: desk.shop.sellerId } });
const ofOrder = () => ({ params: { orderId: desk.orderId } });
const line = (over: object = {}) => ({ lineId: 'L1', sku: 'SHIRT', quantity: 1, unitPrice: usd(10_00), ...over });
const create = (over: Order) => producer().call(routes.orders.createOrder, { ...ofShop(), body: anOrder(over) });
const suspend = (destination: string) =>
  desk.gateway.operator.call(routes.suspensions.suspend, { body: { destination, reason: 'Closed.' } });

const malformed: readonly (readonly [string, object])[] = [
  ['order.empty', { lines: [] }],
  ['order.too_many_lines', { lines: Array.from({ length: 501 }, (_, no) => line({ lineId: `L${no}` })) }],
  ['order.line_repeated', { lines: [line(), line()] }],
  ['order.quantity_invalid', { lines: [line({ quantity: 0.5 })] }],
  ['order.amount_invalid', { lines: [line({ unitPrice: usd(-1) })] }],
  ['order.handling_days_invalid', { handlingDays: 0.5 }],
];

describe('an order', () => {
  it('that is malformed is refused, before checkout and after', async () => {
    const { isGlobalExpress, destination, lines, handlingDays } = anOrder();
    for (const [code, over] of malformed) {
      expect(await codes(create(over as Order)), code).toContain(code);
      const body = { isGlobalExpress, destination, lines, handlingDays, ...over };
      expect(await codes(producer().call(routes.orders.checkOrder, { ...ofShop(), body })), code).toContain(code);
    }
    expect(await codes(create({ isGlobalExpress: false, importFeeDeposit: usd(1) }))).toEqual([
      'order.deposit_domestic',
    ]);
  });

  it('goes to an address that a carrier can find, in a place that may be served', async () => {
    const crimea = { ...berlin, city: 'Sevastopol', state: 'UA-40', postalCode: '99000', country: 'UA' };
    const cases: readonly (readonly [string, Order])[] = [
      ['order.destination_differs', { shipTo: { ...berlin, country: 'FR' } }],
      ['order.place_embargoed', { destination: 'UA', shipTo: crimea }],
      ['order.place_unclear', { destination: 'UA', shipTo: { ...crimea, state: 'Crimea', postalCode: '299011' } }],
      ['delivery_address.required', { shipTo: { ...berlin, name: '' } }],
      ['delivery_address.too_long', { shipTo: { ...berlin, postalCode: '1'.repeat(30) } }],
      ['delivery_address.country_unknown', { shipTo: { ...berlin, country: 'QQ' } }],
      ['delivery_address.in_us', { shipTo: { ...berlin, country: 'US' } }],
      ['destination.unserved', { destination: 'AQ', shipTo: { ...berlin, country: 'AQ' } }],
      ['destination.embargoed', { destination: 'CU', shipTo: { ...berlin, country: 'CU' } }],
    ];
    for (const [code, over] of cases) expect(await codes(create(over)), code).toContain(code);
    await sql(`update shipping_templates set excluded_destinations = '{DE}' where id = $1`, desk.shop.world);
    expect(await codes(create({}))).toContain('template.destination_excluded');
  });

  it('keeps its address once it is ended or has a label, and changes it for one that is sound', async () => {
    const change = (over: object) =>
      producer().call(routes.orders.changeAddress, { ...ofOrder(), body: { shipTo: { ...berlin, ...over } } });
    expect(await codes(change({ name: '' }))).toContain('delivery_address.required');
    expect(await codes(change({ postalCode: '1'.repeat(30) }))).toContain('delivery_address.too_long');
    await desk.request({ choose: 'cheapest', parcel: aParcel() });
    expect(await codes(change({}))).toContain('order.has_label');
    expect(await codes(desk.seller.call(routes.orders.cancelOrder, { ...ofOrder(), body: {} }))).toContain(
      'order.has_label',
    );
    await sql(`update orders set state = 'cancelled' where id = $1`, desk.orderId);
    expect(await codes(change({}))).toContain('order.not_changeable');
    await sql(`update orders set state = 'pending', destination = 'UA' where id = $1`, desk.orderId);
    expect(await codes(change({ country: 'UA', state: 'UA-40', postalCode: '99000' }))).toContain(
      'order.place_embargoed',
    );
    expect(await codes(change({ country: 'UA', state: 'Crimea', postalCode: '299011' }))).toContain(
      'order.place_unclear',
    );
  });

  it('is confirmed line by line, as much as there is, not before it is shipped', async () => {
    desk.orderId = await desk.newOrder({ isGlobalExpress: false, destination: 'US' });
    const confirm = (body: object) => desk.seller.call(routes.orders.confirmShipment, { ...ofOrder(), body });
    const lines = [line(), line({ lineId: 'L2' })];
    expect(await codes(confirm({ lineId: 'none' }))).toEqual(['order.line_unknown']);
    expect(await codes(confirm({ quantity: 1 }))).toEqual(['confirmation.quantity_without_line']);
    const shipDate = new Date(Date.now() + 5 * 86_400_000).toISOString();
    expect(await codes(confirm({ shipDate }))).toEqual(['confirmation.ship_date_in_future']);
    desk.orderId = await desk.newOrder({ isGlobalExpress: false, destination: 'US', lines });
    await confirm({ lineId: 'L1' });
    expect(await codes(confirm({ lineId: 'L1' }))).toEqual(['order.line_already_confirmed']);
    await sql(`update orders set state = 'held' where id = $1`, desk.orderId);
    expect(await codes(confirm({}))).toEqual(['order.not_confirmable']);
  });
});

describe('a parcel', () => {
  const unfit: readonly (readonly [string, object])[] = [
    ['parcel.weight_invalid', { weightGrams: 0 }],
    ['parcel.size_invalid', { widthMm: 10_000 }],
    ['parcel.empty', { contents: [] }],
    ['parcel.line_unknown', { contents: [{ lineId: 'none', quantity: 1 }] }],
    ['parcel.quantity_invalid', { contents: [{ lineId: 'L1', quantity: 9 }] }],
  ];
  const choose = (parcel: object = {}, rest: object = {}) =>
    desk.request({ choose: 'cheapest', parcel: aParcel(parcel), ...rest });
  const quote = (parcel: object = {}) => desk.quote({ parcel: aParcel(parcel) });

  it('that cannot be packed gets neither quotes nor a label', async () => {
    for (const [code, parcel] of unfit) {
      expect(await codes(quote(parcel)), code).toContain(code);
      expect(await codes(choose(parcel)), code).toContain(code);
    }
  });

  it('of an order that cannot be shipped gets neither', async () => {
    const both = async (code: string) => {
      expect(await codes(quote()), code).toContain(code);
      expect(await codes(choose()), code).toContain(code);
    };
    await sql(`update orders set state = 'held' where id = $1`, desk.orderId);
    await both('label.order_not_open');
    await sql(`update orders set state = 'pending', ship_to = null where id = $1`, desk.orderId);
    await both('label.address_erased');
    desk.orderId = await desk.newOrder({ isGlobalExpress: false });
    await both('label.order_not_ge');
    desk.orderId = await desk.newOrder();
    await sql(`update seller_addresses set address = address - 'phone' where seller_id = $1`, desk.shop.sellerId);
    await both('label.ship_from_phone_missing');
    await sql(`update shipping_templates set ship_from = '{}' where seller_id = $1`, desk.shop.sellerId);
    await sql('update sellers set general_address_id = null where id = $1', desk.shop.sellerId);
    await both('template.ship_from_missing');
    const shipTo = { ...berlin, city: 'Wien', postalCode: '1010', country: 'AT' };
    desk.orderId = await desk.newOrder({ destination: 'AT', shipTo });
    await suspend('AT');
    await both('label.destination_suspended');
  });

  it('without customs data gets no label', async () => {
    await sql(`update skus set export_data = null where seller_id = $1 and sku = 'SHIRT'`, desk.shop.sellerId);
    expect(await codes(choose())).toContain('label.customs_incomplete');
  });

  it('that no carrier takes, or none with protection, or not with this format, gets no label', async () => {
    expect(await codes(choose({ weightGrams: 70_000, lengthMm: 2_700, widthMm: 2_700, heightMm: 2_700 }))).toContain(
      'label.no_offer',
    );
    const { offerToken } = (await quote()).offers[0]!;
    await sql(
      `update quotes set offers = (select jsonb_agg(offer || '{"labelFormats":["PDF"]}') from jsonb_array_elements(offers) offer)
        where order_id = $1`,
      desk.orderId,
    );
    const png = desk.request({ offerToken, format: 'PNG' } as never);
    expect(await codes(png)).toContain('label.format_unavailable');
    // Only the untracked post delivers to a box.
    desk.orderId = await desk.newOrder({ shipTo: { ...berlin, line1: 'Postfach 1234' } });
    const sheltered = desk.request({ choose: 'protected', parcel: aParcel() });
    expect(await codes(sheltered)).toEqual(['label.no_protected_offer']);
  });

  it('of much value needs the number of its export filing', async () => {
    desk.orderId = await desk.newOrder({ lines: [line({ quantity: 2, unitPrice: usd(3_000_00) })] });
    expect(await codes(choose({}, { itn: 'nonsense' }))).toContain('export_filing.itn_malformed');
  });
});

it('a label that was bought long ago is not taken back', async () => {
  const labelId = await desk.bought('TRK-OLD', { endedAt: new Date(Date.now() - 400 * 86_400_000) });
  expect(await codes(desk.seller.call(routes.labels.voidLabel, { params: { labelId } }))).toEqual([
    'label.void_window_passed',
  ]);
});
