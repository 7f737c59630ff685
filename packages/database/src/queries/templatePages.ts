import type { Refusal, SellerId, TemplateId } from '@ge/domain';
import type { Transaction } from '../transaction.ts';

/** Some templates of one seller: those of a choice (null = all). */
export interface TemplateRange {
  readonly sellerId: SellerId;
  readonly scope: readonly TemplateId[] | null;
}

const ranges = (list: readonly TemplateRange[], extra: (range: TemplateRange, index: number) => object) =>
  JSON.stringify(
    list.map((range, index) => ({
      place: index,
      seller_id: range.sellerId,
      scope: range.scope,
      ...extra(range, index),
    })),
  );

/**
 * The next templates of several ranges at once, at most `size` each after `after` (null = from the start), unlocked:
 * lock them by id afterwards. Result in the order of `pages`, ids ascending within each.
 */
export async function templatePages(
  tx: Transaction,
  pages: readonly (TemplateRange & { readonly after: TemplateId | null })[],
  size: number,
): Promise<TemplateId[][]> {
  const rows = await tx.query<{ place: number; id: TemplateId }>(
    `select page.place, t.id
       from json_to_recordset($1::json) as page(place int, seller_id text, scope text[], after text)
      cross join lateral (
        select id from shipping_templates
         where seller_id = page.seller_id and id > page.after and (page.scope is null or id = any(page.scope))
         order by id limit $2) as t
      order by page.place, t.id`,
    [ranges(pages, (_, index) => ({ after: pages[index]!.after ?? '' })), size],
  );
  const found: TemplateId[][] = pages.map(() => []);
  for (const row of rows) found[row.place]!.push(row.id);
  return found;
}

/** How many templates of each range are blocked, up to and including `upTo` (null = to the end). In the order given. */
export async function countBlocked(
  tx: Transaction,
  counted: readonly (TemplateRange & { readonly upTo: TemplateId | null })[],
): Promise<number[]> {
  if (counted.length === 0) return [];
  const rows = await tx.query<{ place: number; blocked: number }>(
    `select part.place, count(t.id)::int as blocked
       from json_to_recordset($1::json) as part(place int, seller_id text, scope text[], up_to text)
       left join shipping_templates t
         on t.seller_id = part.seller_id and t.ge_state = 'blocked' and (part.up_to is null or t.id <= part.up_to)
        and (part.scope is null or t.id = any(part.scope))
      group by part.place order by part.place`,
    [ranges(counted, (_, index) => ({ up_to: counted[index]!.upTo }))],
  );
  return rows.map((row) => row.blocked);
}

/**
 * The blocked templates of these sellers by name, the first `named` of each seller with everything they miss; of the
 * others only the name, so that a seller with ten thousand of them costs no more memory than the names.
 */
export const blockedTemplates = (
  tx: Transaction,
  sellerIds: readonly SellerId[],
  named: number,
): Promise<{ readonly sellerId: SellerId; readonly name: string; readonly refusals: readonly Refusal[] }[]> =>
  tx.query(
    `select seller_id as "sellerId", name, case when place <= $2 then blocked_by else '[]'::jsonb end as refusals
       from (select seller_id, name, blocked_by, row_number() over (partition by seller_id order by name) as place
               from shipping_templates where seller_id = any($1::text[]) and ge_state = 'blocked') as t
      order by seller_id, place`,
    [sellerIds, named],
  );
