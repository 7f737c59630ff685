import { assignSkus as contract } from '@ge/contracts';
import { namedTemplatesOf, SkuEntity } from '@ge/database';
import { applyDirectChange, indexTemplates, namedSkus } from '@ge/domain';
import { batchHandler, dead, done, RowSet } from '@ge/runtime';

const skuKey = (sellerId: string, sku: string) => `${sellerId} ${sku}`;

/** Applies a direct change of at most 50 SKUs; what became of each item is the operation's result (R14, R16). */
export const assignSkus = batchHandler({
  contract,
  load: async (tx, jobs) => {
    const sellerIds = [...new Set(jobs.map((job) => job.payload.sellerId))];
    const { templates, aliases } = await namedTemplatesOf(tx, sellerIds);
    const keys = new Map(
      jobs.flatMap(({ payload }) =>
        namedSkus(payload.items).map((sku) => [skuKey(payload.sellerId, sku), [payload.sellerId, sku] as const]),
      ),
    );
    const templatesOf = Map.groupBy(templates, (row) => row.sellerId);
    const aliasesOf = Map.groupBy(aliases, (row) => row.sellerId);
    return {
      skus: new RowSet(await tx.lock(SkuEntity, [...keys.values()]), (row) => skuKey(row.sellerId, row.sku)),
      indexes: new Map(sellerIds.map((id) => [id, indexTemplates(templatesOf.get(id) ?? [], aliasesOf.get(id))])),
    };
  },
  decide: (job, { skus, indexes }) => {
    const { sellerId, commandNo, items } = job.payload;
    const named = namedSkus(items).flatMap((code) => {
      const row = skus.get(skuKey(sellerId, code));
      return row ? [[code as string, row] as const] : [];
    });
    const change = applyDirectChange(items, new Map(named), indexes.get(sellerId)!, commandNo);
    if (!change.ok) return dead(change.refusals.map((refusal) => refusal.code).join(', '));
    for (const sku of change.value.changed) skus.put({ ...skus.get(skuKey(sellerId, sku.sku))!, ...sku });
    const counts: Record<string, number> = {};
    for (const { outcome } of change.value.results) counts[outcome] = (counts[outcome] ?? 0) + 1;
    return done({ progress: { counts, result: { items: change.value.results } } });
  },
  save: async (tx, { skus }) => {
    await tx.update(SkuEntity, skus.changed(), ['templateId', 'templateCommandNo']);
  },
});
