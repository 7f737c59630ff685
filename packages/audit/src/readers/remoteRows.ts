import { type Client, routes } from '@ge/api';
import type { OrderRow, SellerRow } from '@ge/database';
import { type Enrollment, emptyGeCommandLog, type SellerId, type SuspensionList } from '@ge/domain';
import type { AddressRow, SkuRow, TemplateRow } from '../model/baseline.ts';
import type { EndState } from '../model/endState.ts';
import { everyItem } from './pages.ts';

/**
 * A seller's rows as far as the API shows them. What it keeps to itself is as in a row that nobody has touched: numbers of
 * commands, and the export data of SKUs; addresses of buyers are not asked for.
 */
export async function remoteRows(client: Client, sellerId: SellerId) {
  const ofSeller = { params: { sellerId } };
  const [seller, addresses, templates, skus, orders, { enrollment }] = await Promise.all([
    client.call(routes.sellers.getSeller, ofSeller),
    everyItem(client, routes.addresses.listAddresses, ofSeller),
    everyItem(client, routes.templates.listTemplates, ofSeller),
    everyItem(client, routes.skus.listSkus, ofSeller),
    everyItem(client, routes.orders.listOrders, ofSeller),
    client.call(routes.enrollment.getEnrollment, ofSeller),
  ]);
  return {
    sellers: [{ ...seller, commandNo: 0 } as SellerRow],
    addresses: addresses.map((address) => ({ ...address, sellerId }) as AddressRow),
    templates: templates.map(
      ({ drift: _, ...template }) =>
        ({ ...template, geCommandNo: 0, geCommandLog: emptyGeCommandLog }) as unknown as TemplateRow,
    ),
    skus: skus.map(
      ({ template, exportable: _, ...sku }) =>
        ({ ...sku, templateId: template.id, templateCommandNo: 0, exportData: null }) as unknown as SkuRow,
    ),
    orders: orders.map((order) => ({ ...order, shipTo: null }) as unknown as OrderRow),
    enrollments: enrollment ? [{ ...enrollment, commandNo: 0 } as Enrollment] : [],
  };
}

/** What is suspended now, as a list newer than whatever any template has seen: its version is nothing that the API shows. */
export async function remoteSuspensions(client: Client): Promise<SuspensionList> {
  const active = await everyItem(client, routes.suspensions.listSuspensions, { query: { state: 'active' } });
  return { active: active as unknown as SuspensionList['active'], version: Number.MAX_SAFE_INTEGER };
}

/** Of an end what the API shows of rows; feeds and labels are looked at one by one. */
export const shownOverApi = ({ templates, skus, orders, enrollments }: EndState): EndState => ({
  templates: mapped(templates, (template) => {
    const { geCommandNo: _, appliedSuspensionVersion: __, blockedBy, ...shown } = template as TemplateRow;
    return { ...shown, blockedBy: blockedBy.map(({ code }) => code) };
  }),
  skus: mapped(skus, withoutNumber),
  enrollments: mapped(enrollments, withoutNumber),
  orders,
  feeds: [],
  labelled: [],
  mails: [],
});

const withoutNumber = (end: string): string => end.replace(/ by \d+$/, '');

const mapped = <T, R>(record: Readonly<Record<string, T>>, change: (value: T) => R): Record<string, R> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
