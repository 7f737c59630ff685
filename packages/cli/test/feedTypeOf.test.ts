import { expect, test } from 'vitest';
import { feedKindOf } from '../src/feed/feedTypeOf.ts';

const file = (name: string, text: string, encoding: BufferEncoding = 'utf8') => {
  const head = Buffer.from(text, encoding);
  return { path: name, name, size: head.length, head };
};

test.each([
  ['a.txt', 'sku\tprice\n', 'inventory-loader', 'text/tab-separated-values'],
  ['a.CSV', 'sku,price\n', 'inventory-loader', 'text/csv'],
  ['a.xlsx', 'PK', 'inventory-loader', 'application/octet-stream'],
  ['a.tsv', 'order-id\torder-item-id\n', 'shipping-confirmation', 'text/tab-separated-values'],
  ['a.txt', 'sku\tnote\nA\torder-id\n', 'inventory-loader', 'text/tab-separated-values'],
  ['a.json', '{"header":{}}', 'listings-json', 'application/json'],
  ['a.xml', '<E><MessageType> Product </MessageType>', 'product-xml', 'text/xml'],
  ['a.xml', '<n:E><n:MessageType>OrderFulfillment</n:MessageType>', 'shipping-confirmation-xml', 'text/xml'],
])('what is plain from name and beginning need not be told: %s %j is %s', (name, text, type, mediaType) => {
  expect(feedKindOf(file(name, text), undefined)).toMatchObject({ type, mediaType });
});

test('a table in UTF-16 is read as well', () => {
  expect(feedKindOf(file('a.txt', '\ufefforder-id\tx\n', 'utf16le'), undefined).type).toBe('shipping-confirmation');
});

test.each([
  ['a.xml', '<E/>', /has no MessageType/],
  ['a.xml', '<MessageType>Price</MessageType>', /the MessageType Price/],
  ['a.dat', 'sku', /does not say what it is/],
])('what is not plain has to be told: %s %j', (name, text, said) => {
  expect(() => feedKindOf(file(name, text), undefined)).toThrow(said);
  expect(feedKindOf(file(name, text), 'product-xml')).toMatchObject({
    type: 'product-xml',
    because: 'as --type says',
  });
});
