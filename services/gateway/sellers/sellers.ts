import { routes } from '@ge/api';
import { sellersPage } from '@ge/database';
import { handle } from '../http/handler.ts';
import { pageOf } from '../http/pages.ts';
import { readSeller } from './lockSeller.ts';

export const listSellers = handle(routes.sellers.listSellers, async ({ tx, query }) => {
  const { country = null, cursor = null, limit } = query;
  const rows = await sellersPage(tx, { country, after: cursor, limit: limit + 1 });
  return { status: 200, body: pageOf(rows, limit, ({ id }) => id) };
});

export const getSeller = handle(routes.sellers.getSeller, async ({ tx, params }) => ({
  status: 200,
  body: await readSeller(tx, params.sellerId),
}));
