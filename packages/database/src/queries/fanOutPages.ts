import type { CountryCode, OrderId, SellerId, TemplateId } from '@ge/domain';
import { OrderEntity, ShippingTemplateEntity } from '../entities/index.ts';
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

/** Ids after `after` (null = from the start) up to and with `until` (null = to the end). */
export interface IdRange {
  readonly after: TemplateId | null;
  readonly until: TemplateId | null;
}

/** What a list of suspensions is decided on for one template. */
const suspensionReach = ['id', 'geState', 'appliedSuspensionVersion', 'version'] as const;

/** The next GE-enabled templates of the whole programme within the range, locked in id order. */
export const lockEnabledTemplates = (
  tx: Transaction,
  { after, until }: IdRange,
  size: number,
): Promise<Pick<RowOf<typeof ShippingTemplateEntity>, (typeof suspensionReach)[number]>[]> =>
  tx.select(
    ShippingTemplateEntity,
    `where t.ge_state = 'enabled' and t.id > $1 ${until === null ? '' : 'and t.id <= $3'}
     order by t.id limit $2 for no key update of t`,
    [after ?? '', size, ...(until === null ? [] : [until])],
    suspensionReach,
  );

/** What a region setting is decided on for one template. */
const settingReach = ['id', 'geState', 'geCommandNo', 'geCommandLog', 'appliedSettingVersion', 'version'] as const;

/** Locks these templates in id order and reads what a region setting is decided on. */
export const lockForSetting = (
  tx: Transaction,
  ids: readonly TemplateId[],
): Promise<Pick<RowOf<typeof ShippingTemplateEntity>, (typeof settingReach)[number]>[]> =>
  tx.lock(ShippingTemplateEntity, ids, 'for no key update', settingReach);

/** Blocks of the table that are looked at to cut it into parts. */
const sampledBlocks = 300;

/**
 * Cuts the ids after `after` into at most so many ranges with about as many templates each, by a sample of the table: the
 * ranges hold every id between them, and only how even they are is left to chance. At least one.
 */
export async function evenRanges(tx: Transaction, after: TemplateId, parts: number): Promise<IdRange[]> {
  const [found] = await tx.query<{ bounds: (TemplateId | null)[] | null }>(
    `select percentile_disc((select array_agg(part::float8 / $2) from generate_series(1, $2 - 1) as part))
              within group (order by id) as bounds
       from shipping_templates tablesample system (
              (least(100, 100.0 * $3 / greatest(1, pg_relation_size('shipping_templates') / current_setting('block_size')::int)))::real)
      where ge_state = 'enabled' and id > $1`,
    [after, parts, sampledBlocks],
  );
  const bounds = [...new Set(found?.bounds ?? [])].filter((id) => id !== null);
  const starts = [after, ...bounds];
  return starts.map((start, index) => ({ after: start, until: starts[index + 1] ?? null }));
}

/** Whether nobody but this seller is owed anything by the queue now. Two index entries, however long backlogs are. */
export async function isAlone(tx: Transaction, queue: string, sellerId: string): Promise<boolean> {
  const [found] = await tx.query<{ alone: boolean }>(
    `select coalesce(min(seller_id) = $2 and max(seller_id) = $2, true) as alone
       from messages where queue = $1 and state = 'ready' and due_at is null`,
    [queue, sellerId],
  );
  return found!.alone;
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
