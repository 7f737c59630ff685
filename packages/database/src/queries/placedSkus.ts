import type { CommandNo, MovableSku, SellerId, SkuCode, TemplateId } from '@ge/domain';
import type { Transaction } from '../transaction.ts';

/** A SKU as far as moving it to another template needs it. */
export interface PlacedSku extends MovableSku {
  readonly sku: SkuCode;
}

interface Columns {
  readonly skus: readonly SkuCode[] | null;
  readonly templateIds: readonly TemplateId[];
  readonly commandNos: readonly CommandNo[];
  readonly verdicts: readonly MovableSku['verdict'][];
}

/**
 * Locks a seller's SKUs in the order of their codes; those that are missing are absent. For thousands at once: they come
 * column by column, and only what a decision about their template reads.
 */
export async function lockPlacedSkus(
  tx: Transaction,
  sellerId: SellerId,
  codes: readonly SkuCode[],
): Promise<Map<string, PlacedSku>> {
  const found = new Map<string, PlacedSku>();
  if (codes.length === 0) return found;
  const [columns] = await tx.query<Columns>(
    `with locked as (
       select sku, template_id, template_command_no, verdict from skus
        where seller_id = $1 and sku = any(array(select json_array_elements_text($2::json)))
        order by sku for no key update)
     select json_agg(sku) as skus, json_agg(template_id) as "templateIds", json_agg(template_command_no) as "commandNos",
            json_agg(verdict) as verdicts
       from locked`,
    [sellerId, JSON.stringify(codes)],
  );
  const { skus, templateIds, commandNos, verdicts } = columns!;
  for (const [place, sku] of (skus ?? []).entries())
    found.set(sku, {
      sku,
      templateId: templateIds[place]!,
      templateCommandNo: commandNos[place]!,
      verdict: verdicts[place]!,
    });
  return found;
}

/** SKUs and where each of them goes. */
export interface Placement {
  readonly skus: readonly SkuCode[];
  readonly templateIds: readonly TemplateId[];
}

/** Puts SKUs that are locked where a command puts them. */
export async function placeSkus(
  tx: Transaction,
  sellerId: SellerId,
  commandNo: CommandNo,
  { skus, templateIds }: Placement,
): Promise<void> {
  if (skus.length === 0) return;
  await tx.query(
    `update skus s set template_id = d.template_id, template_command_no = $2
       from rows from (json_array_elements_text($3::json), json_array_elements_text($4::json)) as d(sku, template_id)
      where s.seller_id = $1 and s.sku = d.sku`,
    [sellerId, commandNo, JSON.stringify(skus), JSON.stringify(templateIds)],
  );
}

/** Deletes SKUs of a seller. */
export async function removeSkus(tx: Transaction, sellerId: SellerId, codes: readonly SkuCode[]): Promise<void> {
  if (codes.length === 0) return;
  await tx.query(
    'delete from skus where seller_id = $1 and sku = any(array(select json_array_elements_text($2::json)))',
    [sellerId, JSON.stringify(codes)],
  );
}
