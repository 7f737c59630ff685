import type { CommandNo, MovableSku, SellerId, SkuCode, TemplateId } from '@ge/domain';
import type { Transaction } from '../transaction.ts';

/** A SKU as far as moving it to another template needs it. */
export interface PlacedSku extends MovableSku {
  readonly sku: SkuCode;
  /** Where the row lies on disk; it stays there as long as it is locked and not written. */
  readonly at: string;
}

interface Columns {
  readonly skus: readonly SkuCode[] | null;
  readonly templateIds: readonly TemplateId[];
  readonly commandNos: readonly CommandNo[];
  readonly verdicts: readonly MovableSku['verdict'][];
  readonly places: readonly string[];
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
       select sku, template_id, template_command_no, verdict, ctid from skus
        where seller_id = $1 and sku = any(array(select json_array_elements_text($2::json)))
        order by sku for no key update)
     select json_agg(sku) as skus, json_agg(template_id) as "templateIds", json_agg(template_command_no) as "commandNos",
            json_agg(verdict) as verdicts, json_agg(ctid) as places
       from locked`,
    [sellerId, JSON.stringify(codes)],
  );
  const { skus, templateIds, commandNos, verdicts, places } = columns!;
  if (skus === null) return found;
  // Thousands at once: an iterator of pairs would leave more behind than the rows are.
  for (let place = 0; place < skus.length; place += 1)
    found.set(skus[place]!, {
      sku: skus[place]!,
      templateId: templateIds[place]!,
      templateCommandNo: commandNos[place]!,
      verdict: verdicts[place]!,
      at: places[place]!,
    });
  return found;
}

/** Rows of SKUs, by where they lie, and the template each of them goes to. */
export interface Placement {
  readonly places: readonly string[];
  readonly templateIds: readonly TemplateId[];
}

/**
 * Puts SKUs that this transaction locked, and has not written since, where a command puts them.
 * @throws Error where one of them no longer lies where it was locked
 */
export async function placeSkus(
  tx: Transaction,
  sellerId: SellerId,
  commandNo: CommandNo,
  { places, templateIds }: Placement,
): Promise<void> {
  if (places.length === 0) return;
  const [placed] = await tx.query<{ count: number }>(
    `with placed as (update skus s set template_id = d.template_id, template_command_no = $2
       from rows from (json_array_elements_text($3::json), json_array_elements_text($4::json)) as d(place, template_id)
      where s.ctid = d.place::tid and s.seller_id = $1 returning 1)
     select count(*)::int as count from placed`,
    [sellerId, commandNo, JSON.stringify(places), JSON.stringify(templateIds)],
  );
  if (placed!.count !== places.length)
    throw new Error(`${places.length - placed!.count} of ${places.length} SKUs do not lie where they were locked`);
}

/** Deletes SKUs of a seller. */
export async function removeSkus(tx: Transaction, sellerId: SellerId, codes: readonly SkuCode[]): Promise<void> {
  if (codes.length === 0) return;
  await tx.query(
    'delete from skus where seller_id = $1 and sku = any(array(select json_array_elements_text($2::json)))',
    [sellerId, JSON.stringify(codes)],
  );
}
