import type { AssignmentItem, SellerId } from '@ge/domain';
import type { Placing } from './command.ts';
import { orderId, ordersEach, skuCode, templatesEach } from './market.ts';

const templateName = (no: number) => (no < templatesEach ? `Template ${no}` : 'No such template at all');

/** The placings as a direct change says them: each SKU and the name of its template. */
export const itemsOf = (seller: SellerId, placings: readonly Placing[]): AssignmentItem[] =>
  placings.map(([sku, template]) => ({ sku: skuCode(seller, sku), template: { name: templateName(template) } }));

/** What the rows of a feed say, in order. */
export const rowsOf = (seller: SellerId, placings: readonly Placing[]) =>
  placings.map(([sku, template]) => ({ sku: skuCode(seller, sku), templateName: templateName(template) }));

export const feedText = (seller: SellerId, placings: readonly Placing[]): string =>
  [
    'sku\tmerchant_shipping_group_name\tadd-delete',
    ...rowsOf(seller, placings).map((row) => `${row.sku}\t${row.templateName}`),
  ].join('\r\n');

/** The orders that a seller's confirmation file names: the domestic ones, and one that its label alone confirms. */
export const confirmedOrders = (seller: SellerId): string[] => [
  ...Array.from({ length: ordersEach.domestic }, (_, no) => orderId(seller, 'domestic', no)),
  orderId(seller, 'label', 0),
];

const columns =
  'order-id\torder-item-id\tquantity\tship-date\tcarrier-code\tcarrier-name\ttracking-number\tship-method';

export const confirmationText = (seller: SellerId, at: Date): string =>
  [
    columns,
    ...confirmedOrders(seller).map((id) => `${id}\t\t\t${at.toISOString().slice(0, 10)}\tUPS\t\t1Z999\tGround`),
  ].join('\n');
