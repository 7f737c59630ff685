import type { CountryCode, OrderId, SellerId, TemplateId } from '@ge/domain';
import { OrderEntity } from '../entities/index.ts';
import type { RowOf } from '../rows/table.ts';
import type { Transaction } from '../transaction.ts';

/** One page to be read: of this seller's GE-enabled templates, the next after `after` (null = from the start). */
export interface TemplatePage {
  readonly sellerId: SellerId;
  readonly after: TemplateId | null;
}

/**
 * The next GE-enabled templates of several sellers at once, at most `size` each, unlocked: lock them by id afterwards.
 * Result in the order of `pages`, ids ascending within each.
 */
export async function enabledTemplatePages(
  tx: Transaction,
  pages: readonly TemplatePage[],
  size: number,
): Promise<TemplateId[][]> {
  const rows = await tx.query<{ place: string; id: TemplateId }>(
    `select page.place, t.id
       from unnest($1::text[], $2::text[]) with ordinality as page(seller_id, after, place)
      cross join lateral (
        select id from shipping_templates
         where seller_id = page.seller_id and id > page.after and ge_state = 'enabled'
         order by id limit $3) as t
      order by page.place, t.id`,
    [pages.map((page) => page.sellerId), pages.map((page) => page.after ?? ''), size],
  );
  const found: TemplateId[][] = pages.map(() => []);
  for (const row of rows) found[Number(row.place) - 1]!.push(row.id);
  return found;
}

/** The next GE-enabled templates of the whole programme, unlocked. */
export async function enabledTemplatesAfter(
  tx: Transaction,
  after: TemplateId | null,
  size: number,
): Promise<TemplateId[]> {
  const rows = await tx.query<{ id: TemplateId }>(
    `select id from shipping_templates where ge_state = 'enabled' and id > $1 order by id limit $2`,
    [after ?? '', size],
  );
  return rows.map((row) => row.id);
}

/** The next GE orders to these countries that are pending or held, locked in id order. */
export const lockOpenOrdersTo = (
  tx: Transaction,
  countries: readonly CountryCode[],
  after: OrderId | null,
  size: number,
): Promise<RowOf<typeof OrderEntity>[]> =>
  tx.select(
    OrderEntity,
    `where t.destination = any($1::text[]) and t.state in ('pending', 'held') and t.is_global_express and t.id > $2
     order by t.id limit $3 for no key update of t`,
    [countries, after ?? '', size],
  );
