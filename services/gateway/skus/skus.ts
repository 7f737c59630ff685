import { findingOf, routes } from '@ge/api';
import { SkuEntity, skusOfSeller } from '@ge/database';
import { exportabilityOf, screenProduct } from '@ge/domain';
import { findingsOf } from '../http/accepted.ts';
import { handle } from '../http/handler.ts';
import { pageOf } from '../http/pages.ts';
import { found } from '../http/refused.ts';
import { readSeller } from '../sellers/lockSeller.ts';
import { skuShown, templatesUnder } from './skuShown.ts';

export const listSkus = handle(routes.skus.listSkus, async ({ tx, params, query }) => {
  const seller = await readSeller(tx, params.sellerId);
  const { templateId = null, cursor = null, limit } = query;
  const rows = await skusOfSeller(tx, { sellerId: seller.id, templateId, after: cursor, limit: limit + 1 });
  const templates = await templatesUnder(tx, rows);
  return {
    status: 200,
    body: pageOf(
      rows,
      limit,
      ({ sku }) => sku,
      (row) => skuShown(row, templates),
    ),
  };
});

export const getSku = handle(routes.skus.getSku, async ({ tx, params, now, locale }) => {
  const rows = await tx.find(SkuEntity, [[params.sellerId, params.sku]]);
  const row = found(rows[0]);
  const shown = skuShown(row, await templatesUnder(tx, [row]));
  const { findings } = screenProduct(row.exportData, null, now);
  return {
    status: 200,
    body: {
      ...shown,
      reasons: findingsOf(exportabilityOf(row, shown.template).reasons, locale),
      findings: findings.map(({ reason }) => findingOf(reason, locale, '/exportData')),
    },
  };
});
