import { expect, test } from 'vitest';
import { codesOf, envelope, recordsOf } from './reading.ts';

const order = '111-1234567-1234567';
const head =
  'order-id\torder-item-id\tquantity\tship-date\tcarrier-code\tcarrier-name\ttracking-number\tship-method\tship_from_supply_source_id\n';

test('a confirmation file gives whole orders and items of orders', async () => {
  const records = await recordsOf(
    `TemplateType=OrderFulfillment\tVersion=2011.1102\n${head}${order}\t\t\t2025-03-31\tUPS\n${order}\t12345678901234\t2\t2025-03-31\tOther\tLocal Post\tT1\tground\tS1\n`,
    'shipping-confirmation',
  );
  expect(records).toEqual([
    expect.objectContaining({
      kind: 'confirmation',
      recordNo: 1,
      orderId: order,
      items: [],
      carrierCode: 'UPS',
      trackingNumber: '',
    }),
    expect.objectContaining({
      recordNo: 2,
      items: [{ orderItemId: '12345678901234', quantity: 2 }],
      carrierName: 'Local Post',
      trackingNumber: 'T1',
      shipMethod: 'ground',
      shipFromSupplySourceId: 'S1',
    }),
  ]);
});

test.each([
  ['an order number turned into a number', '1.11E+16\t\t\t2025-03-31\tUPS', 'GE-18002'],
  ['no order number', '\t\t\t2025-03-31\tUPS', '90220'],
  ['no date', `${order}\t\t\t\tUPS`, '90220'],
  ['a date of another form', `${order}\t\t\t31/03/2025\tUPS`, 'GE-18003'],
  ['a day that does not exist', `${order}\t\t\t2025-02-29\tUPS`, 'GE-18003'],
  ['a quantity without its item', `${order}\t\t2\t2025-03-31\tUPS`, 'GE-18005'],
  ['a quantity that is no count', `${order}\t1\t0\t2025-03-31\tUPS`, 'GE-18004'],
  ['no carrier', `${order}\t\t\t2025-03-31\t`, '90220'],
  ['another carrier without its name', `${order}\t\t\t2025-03-31\tOther`, '90220'],
])('%s is refused by itself', async (_, row, code) => {
  const records = await recordsOf(`${head}${row}\n${order}\t\t\t2025-03-31\tUPS\n`, 'shipping-confirmation');
  expect(records.map(({ kind }) => kind)).toEqual(['rejected', 'confirmation']);
  expect(codesOf(records[0])).toEqual([code]);
});

test('XML confirmations name their items', async () => {
  const fulfillment = (id: number, items: string) =>
    `<Message><MessageID>${id}</MessageID><OrderFulfillment><AmazonOrderID>${order}</AmazonOrderID><FulfillmentDate>2025-03-31T08:00:00-07:00</FulfillmentDate><FulfillmentData><CarrierCode>UPS</CarrierCode><ShippingMethod>Ground</ShippingMethod><ShipperTrackingNumber>1Z</ShipperTrackingNumber></FulfillmentData>${items}</OrderFulfillment></Message>`;
  const records = await recordsOf(
    envelope(
      fulfillment(1, '') +
        fulfillment(
          2,
          '<Item><AmazonOrderItemCode>1</AmazonOrderItemCode><Quantity>2</Quantity></Item><Item><AmazonOrderItemCode>3</AmazonOrderItemCode></Item>',
        ) +
        fulfillment(3, '<Item><MerchantOrderItemID>9</MerchantOrderItemID></Item>'),
      'OrderFulfillment',
    ),
    'shipping-confirmation-xml',
  );
  expect(records[0]).toMatchObject({
    kind: 'confirmation',
    items: [],
    trackingNumber: '1Z',
    shipMethod: 'Ground',
    messageId: '1',
  });
  expect(records[1]).toMatchObject({
    items: [
      { orderItemId: '1', quantity: 2 },
      { orderItemId: '3', quantity: null },
    ],
  });
  // Taking it for the whole order would confirm what was not shipped.
  expect(records[2]).toMatchObject({ kind: 'rejected', orderId: order });
});

test('a message with items without end is refused by itself, within bounded memory', async () => {
  const items = '<Item><AmazonOrderItemCode>1</AmazonOrderItemCode></Item>'.repeat(3);
  const message = `<Message><MessageID>1</MessageID><OrderFulfillment><AmazonOrderID>${order}</AmazonOrderID><FulfillmentDate>2025-03-31</FulfillmentDate><FulfillmentData><CarrierCode>UPS</CarrierCode></FulfillmentData>${items}</OrderFulfillment></Message>`;
  const read = (xmlItems: number) =>
    recordsOf(envelope(message, 'OrderFulfillment'), 'shipping-confirmation-xml', { limits: { xmlItems } });
  expect((await read(3)).map(({ kind }) => kind)).toEqual(['confirmation']);
  expect((await read(2)).map(codesOf)).toEqual([['GE-15027']]);
});
