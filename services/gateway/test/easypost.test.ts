import { routes } from '@ge/api';
import { createCarrierRegistry } from '@ge/carriers';
import { LabelPurchaseEntity, OrderEntity, SellerAddressEntity } from '@ge/database';
import type { LabelId } from '@ge/domain';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { codesOf, refusedWith } from './refusedWith.ts';
import { apiKey, tradeDesk } from './tradeDesk.ts';
import { aParcel } from './tradeFixture.ts';

const desk = tradeDesk();
const easypostAt = (url: string) => ({
  url: `${url}/easypost`,
  apiKey,
  dutyPaidServices: ['UPS/IPP'],
  givesStatement: false,
});
beforeAll(() =>
  desk.open((url) => ({ CARRIERS: JSON.stringify({ 'simulator-express': {}, easypost: easypostAt(url) }) })),
);
afterAll(() => desk.close());
beforeEach(() => desk.nextShop());

const offerOf = async (format: string) => {
  const { offers } = await desk.quote({ format });
  return offers.find(({ carrierId }) => carrierId === 'easypost')!;
};

test('an offer of EasyPost names its carrier, and only services that the installation calls duty-paid are offered (R23)', async () => {
  const { offers, refused } = await desk.quote();
  expect(offers.filter(({ carrierId }) => carrierId === 'easypost')).toMatchObject([
    { carrierName: 'UPS (EasyPost)', serviceId: 'UPS/IPP', labelFormats: ['PDF'], rate: { currency: 'USD' } },
  ]);
  const constrained = refused.filter(({ reasons }) => reasons[0]!.code === 'PROGRAM_CONSTRAINTS');
  expect(constrained.map(({ serviceId }) => serviceId)).toContain('DHLExpress/P');
});

test('what the gateway had quoted is what a worker asks for later: the offer belongs to the purchase, and is bought', async () => {
  const { offerToken } = await offerOf('PDF');
  const { body } = await desk.request({ offerToken });
  const { label, order, address } = await desk.gateway.database.transaction(async (tx) => {
    const [row] = await tx.find(LabelPurchaseEntity, [body.label.id as LabelId]);
    const [its] = await tx.find(OrderEntity, [row!.orderId]);
    const [from] = await tx.find(SellerAddressEntity, [row!.declaration.shipFromId]);
    return { label: row!, order: its!, address: from! };
  });
  const { url: baseUrl, dutyPaidServices } = easypostAt(desk.simulator.url);
  const registry = createCarrierRegistry([{ id: 'easypost', baseUrl, apiKey, terms: { dutyPaidServices } }]);
  const carrier = registry.carrierById('easypost')!;
  const { declaration } = label;
  const prepared = carrier.prepare({
    intentId: label.id,
    offerToken: label.offerToken,
    serviceId: label.serviceId,
    shipFrom: address.address,
    shipTo: order.shipTo!,
    parcel: label.parcel,
    lines: declaration.lines,
    shipDate: declaration.shipDate,
    labelFormat: label.format,
    withInvoice: false,
    exportFiling: declaration.exportFiling,
  });
  expect(await carrier.buy(prepared, { timeoutMs: 5_000 })).toMatchObject({ kind: 'purchased', charge: label.quoted });
  await registry.close();
  const ledger = await fetch(`${desk.simulator.url}/ledger`, {
    headers: { authorization: 'Bearer an-admin-token-for-tests' },
  });
  // People find the shipment at EasyPost by the order and the parcel.
  expect(await ledger.text()).toContain(`"reference":"${order.id}/1"`);
});

test('an offer sells one label, in the format it was quoted for (R17)', async () => {
  const { offerToken } = await offerOf('PDF');
  const params = { orderId: desk.orderId };
  const refused = (format: 'PDF' | 'ZPL203') =>
    refusedWith(desk.seller.send(routes.labels.requestLabel, { params, body: { offerToken, format } }));
  expect(codesOf(await refused('ZPL203'))).toEqual(['label.format_unavailable']);
  const { body } = await desk.request({ offerToken });
  await desk.change(body.label.id as LabelId, { state: 'voided' });
  expect(codesOf(await refused('PDF'))).toEqual(['label.offer_used']);
  expect((await desk.request({ choose: 'cheapest', parcel: aParcel() })).status).toBe(202);
});

test('a carrier whose statement is not to be read is not reconciled, and says so (R23)', async () => {
  const params = { carrierId: 'easypost' };
  const { operator } = desk.gateway;
  expect(codesOf(await refusedWith(operator.call(routes.ledger.reconcileCarrier, { params })))).toEqual([
    'statement.not_given',
  ]);
  expect(await operator.call(routes.ledger.getStatement, { params })).toMatchObject({ given: false, readAt: null });
  const simulated = { params: { carrierId: 'simulator-express' } };
  expect(await operator.call(routes.ledger.getStatement, simulated)).toMatchObject({ given: true });
});
