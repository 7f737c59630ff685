import { createClient } from '@ge/api';
import { LabelPurchaseEntity } from '@ge/database';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { codesOf, refusedWith } from './refusedWith.ts';
import { tradeDesk } from './tradeDesk.ts';
import { aParcel, usd } from './tradeFixture.ts';

const desk = tradeDesk();
beforeAll(() => desk.open());
afterAll(() => desk.close());
beforeEach(() => desk.nextShop());

describe('a quote', () => {
  it('has the offers of both carriers, cheapest first, and every other service with its reason in the caller’s language', async () => {
    const { offers, refused, exportFiling, shipDate } = await desk.quote();
    expect(new Set(offers.map(({ carrierId }) => carrierId))).toEqual(
      new Set(['simulator-express', 'simulator-parcel']),
    );
    const prices = offers.map(({ rate }) => rate.minor);
    expect(prices).toEqual(prices.toSorted((a, b) => a - b));
    expect(offers[0]).toMatchObject({
      shipDate,
      validUntil: expect.any(Date),
      labelFormats: expect.arrayContaining(['PDF']),
    });
    expect(refused.find(({ serviceId }) => serviceId === 'H')!.reasons).toMatchObject([
      { code: 'PROGRAM_CONSTRAINTS' },
    ]);
    expect(exportFiling).toEqual({ itnRequired: false, proof: 'NO EEI 30.37(a)', problems: [] });
    const chinese = createClient({
      baseUrl: desk.gateway.baseUrl,
      apiKey: await desk.gateway.keyOf('seller', desk.shop.sellerId),
      locale: 'zh-CN',
    });
    const inChinese = await desk.quote({}, chinese);
    for (const { reasons } of inChinese.refused) expect(reasons[0]!.message).toMatch(/\p{Script=Han}/u);
  });

  it('promises a delivery later than the carrier’s where the buyer is asked for an identity number (R22)', async () => {
    const daysAdded = async () => {
      const { offers } = await desk.quote();
      expect(offers.length).toBeGreaterThan(0);
      return offers.map(({ latestDelivery, promisedDelivery, identityCheckDays }) => [
        (Date.parse(promisedDelivery) - Date.parse(latestDelivery)) / 86_400_000,
        identityCheckDays,
      ]);
    };
    for (const days of await daysAdded()) expect(days).toEqual([0, 0]);
    const shipTo = {
      name: 'Ana Souza',
      line1: 'Rua Augusta 100',
      city: 'São Paulo',
      state: 'SP',
      postalCode: '01304-000',
      country: 'BR',
      phone: '+55 11 5555 0100',
    };
    desk.orderId = await desk.newOrder({ destination: 'BR', shipTo });
    for (const days of await daysAdded()) expect(days).toEqual([10, 10]);
  });

  it('reports a missing ITN, and the proof once there is one', async () => {
    desk.orderId = await desk.newOrder({
      lines: [{ lineId: 'L1', sku: 'SHIRT', quantity: 2, unitPrice: usd(1_300_00) }],
    });
    const without = await desk.quote();
    expect(without.exportFiling).toMatchObject({
      itnRequired: true,
      proof: null,
      problems: [{ code: 'export_filing.required', rule: 'R5' }],
    });
    expect(without.offers.length).toBeGreaterThan(0);
    const label = desk.request({ offerToken: without.offers[0]!.offerToken });
    expect((await refusedWith(label)).code).toBe('export_filing.required');
    const filed = await desk.quote({ itn: 'X20260101123456' });
    expect(filed.exportFiling).toMatchObject({ itnRequired: true, proof: 'X20260101123456', problems: [] });
    const token = filed.offers[0]!.offerToken;
    expect((await desk.request({ offerToken: token, itn: 'X20260101123456' })).status).toBe(202);
  });

  it('for a parcel or an order that cannot be shipped is refused with every reason', async () => {
    const bad = aParcel({
      weightGrams: 0,
      heightMm: 9_999,
      contents: [
        { lineId: 'L1', quantity: 3 },
        { lineId: 'LX', quantity: 1 },
      ],
    });
    const problem = await refusedWith(desk.quote({ parcel: bad }));
    expect(codesOf(problem)).toEqual([
      'parcel.weight_invalid',
      'parcel.size_invalid',
      'parcel.quantity_invalid',
      'parcel.line_unknown',
    ]);
    desk.orderId = await desk.newOrder({ isGlobalExpress: false });
    expect((await refusedWith(desk.quote())).code).toBe('label.order_not_ge');
    desk.orderId = await desk.newOrder();
    await desk.gateway.database.query(`update skus set export_data = null where seller_id = $1 and sku = 'SHIRT'`, [
      desk.shop.sellerId,
    ]);
    expect((await refusedWith(desk.quote())).code).toBe('label.customs_incomplete');
    await desk.gateway.database.query(`update seller_addresses set address = address - 'phone' where seller_id = $1`, [
      desk.shop.sellerId,
    ]);
    expect((await refusedWith(desk.quote())).errors).toMatchObject([
      { code: 'label.ship_from_phone_missing', rule: 'R17', field: '/shipFrom/phone' },
    ]);
  });

  it('and a label are to be had for an order whose SKU was taken off sale since (R21)', async () => {
    const gone = `delete from skus where seller_id = $1 and sku = 'SHIRT'`;
    await desk.gateway.database.query(gone, [desk.shop.sellerId]);
    const { offers } = await desk.quote();
    const { body } = await desk.request({ offerToken: offers[0]!.offerToken });
    const [row] = await desk.gateway.database.transaction((tx) => tx.find(LabelPurchaseEntity, [body.label.id]));
    expect(row!.declaration.lines).toMatchObject([{ hsCode: '6205200000', originCountry: 'VN', quantity: 2 }]);
  });

  it('shows a carrier that does not answer, with the offers of the other', async () => {
    await desk.fail({ operation: 'quote', carrier: 'express', effect: { kind: 'no_answer_before' } });
    const { offers, refused } = await desk.quote();
    expect(new Set(offers.map(({ carrierId }) => carrierId))).toEqual(new Set(['simulator-parcel']));
    expect(refused).toContainEqual(
      expect.objectContaining({
        carrierId: 'simulator-express',
        serviceId: null,
        reasons: [expect.objectContaining({ code: 'TEMPORARILY_UNAVAILABLE' })],
      }),
    );
  });
});
