import { ShippingTemplateEntity, type SkuRow, type TemplateRow, type Transaction } from '@ge/database';
import { isExportable, type TemplateId } from '@ge/domain';

/** The templates that SKUs stand on, each read once. */
export async function templatesUnder(
  tx: Transaction,
  skus: readonly Pick<SkuRow, 'templateId'>[],
): Promise<ReadonlyMap<TemplateId, TemplateRow>> {
  const rows = await tx.find(ShippingTemplateEntity, [...new Set(skus.map((row) => row.templateId))]);
  return new Map(rows.map((row) => [row.id, row]));
}

/** A SKU as a list shows it. A SKU always has a template (R16). */
export const skuShown = (row: SkuRow, templates: ReadonlyMap<TemplateId, TemplateRow>) => {
  const template = templates.get(row.templateId)!;
  return { ...row, template, exportable: isExportable(row, template) };
};
