import { isDeepStrictEqual } from 'node:util';
import { routes } from '@ge/api';
import { namedTemplatesOf, SkuEntity, type SkuRow } from '@ge/database';
import {
  type EligibilityVerdict,
  firstTemplate,
  indexTemplates,
  type Refusal,
  type SkuCode,
  screenProduct,
  screenSku,
} from '@ge/domain';
import { findingsOf } from '../http/accepted.ts';
import { handle } from '../http/handler.ts';
import { lockSeller } from '../sellers/lockSeller.ts';

interface Taken {
  readonly outcome: 'created' | 'updated' | 'unchanged' | 'refused';
  readonly row: SkuRow | null;
  readonly verdict: EligibilityVerdict | null;
  readonly refusals: readonly Refusal[];
}

/** Where a SKU stands is not touched by an import: only a new one is placed (R16). The verdict is stored beside the data (R5). */
export const importSkus = handle(routes.skus.importSkus, async ({ tx, params, body, now, locale }) => {
  const { id: sellerId } = await lockSeller(tx, params.sellerId);
  const { templates, aliases } = await namedTemplatesOf(tx, [sellerId]);
  const index = indexTemplates(templates, aliases);
  const known = await tx.lock(
    SkuEntity,
    body.skus.map(({ sku }) => [sellerId, sku] as const),
  );
  const bySku = new Map(known.map((row) => [row.sku, row]));
  const taken = body.skus.map(({ sku, title, template, exportData }, i): Taken => {
    const row = bySku.get(sku);
    if (row) {
      const screened = screenSku({ ...row, title }, exportData, now);
      const next = { ...row, ...screened.sku };
      const outcome = isDeepStrictEqual(next, row) ? 'unchanged' : 'updated';
      return { outcome, row: next, verdict: screened.verdict, refusals: [] };
    }
    const place = firstTemplate(template, index, `/skus/${i}/template`);
    if (!place.ok) return { outcome: 'refused', row: null, verdict: null, refusals: place.refusals };
    const verdict = screenProduct(exportData, null, now);
    const created = newSku({ sellerId, sku, title, exportData, templateId: place.value.id, createdAt: now }, verdict);
    return { outcome: 'created', row: created, verdict, refusals: [] };
  });
  const rowsOf = (outcome: Taken['outcome']) => taken.flatMap((one) => (one.outcome === outcome ? [one.row!] : []));
  await tx.insert(SkuEntity, rowsOf('created'));
  await tx.update(SkuEntity, rowsOf('updated'), ['title', 'exportData', 'verdict', 'verdictRule']);
  const counts = { created: 0, updated: 0, unchanged: 0, refused: 0 };
  for (const { outcome } of taken) counts[outcome] += 1;
  const results = taken.map(({ outcome, row, verdict, refusals }, i) => ({
    sku: body.skus[i]!.sku as SkuCode,
    outcome,
    templateId: row?.templateId ?? null,
    verdict: verdict?.verdict ?? null,
    verdictRule: verdict?.ruleId ?? null,
    findings: findingsOf(
      (verdict?.findings ?? []).map(({ reason }) => ({ ...reason, field: `/skus/${i}/exportData${reason.field}` })),
      locale,
    ),
    refusals: findingsOf(refusals, locale),
  }));
  return { status: 200, body: { counts, results } };
});

const newSku = (
  given: Omit<SkuRow, 'templateCommandNo' | 'verdict' | 'verdictRule'>,
  { verdict, ruleId }: EligibilityVerdict,
): SkuRow => ({ ...given, templateCommandNo: 0, verdict, verdictRule: ruleId });
