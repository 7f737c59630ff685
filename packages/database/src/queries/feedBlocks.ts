import type { FeedId, SkuCode } from '@ge/domain';
import type { FeedBlockEntity, StagedColumns } from '../entities/index.ts';
import type { RowOf } from '../rows/table.ts';
import type { Transaction } from '../transaction.ts';

export type FeedBlockRow = RowOf<typeof FeedBlockEntity>;

/** How much memory a feed's SKUs may take when they are counted; past it the server sorts them on disk. */
const countingMemory = '64MB';

/** Blocks looked at for one slice: many of them hold a few rows each. */
const mostBlocks = 200;

/** How far a feed's blocks were taken: range by range of SKUs, and in each in the order of the file. */
export interface BlockPlace {
  readonly rangeNo: number;
  readonly recordNo: number;
}

export interface FeedBlocks {
  readonly blocks: readonly StagedColumns[];
  readonly upTo: BlockPlace;
  /** None of the feed's rows is left behind them. */
  readonly isEnd: boolean;
  /** Whether any SKU of the feed is named by several rows. */
  readonly repeats: boolean;
}

/** The next blocks of a feed behind a place, of `size` rows or a few more, if there are as many. None of these has an outcome yet. */
export async function nextFeedBlocks(
  tx: Transaction,
  feedId: FeedId,
  after: BlockPlace,
  size: number,
): Promise<FeedBlocks> {
  const rows = await tx.query<{ rangeNo: number; last: number; rows: StagedColumns | null; repeats: boolean }>(
    `select range_no as "rangeNo", last_record_no as last,
            case when place < $5 and rows_before < $4 then rows end as rows,
            exists (select from feed_repeated_skus r where r.feed_id = $1) as repeats
       from (select *, row_number() over w as place, sum(row_count) over w - row_count as rows_before
               from (select * from feed_blocks where feed_id = $1 and (range_no, first_record_no) > ($2, $3)
                      order by range_no, first_record_no limit $5) as ahead
             window w as (order by range_no, first_record_no)) as next
      order by place`,
    [feedId, after.rangeNo, after.recordNo, size, mostBlocks],
  );
  // What is looked at and not fetched says that something is left.
  const taken = rows.filter((row) => row.rows !== null);
  const last = taken.at(-1);
  return {
    blocks: taken.map((row) => row.rows!),
    upTo: last ? { rangeNo: last.rangeNo, recordNo: last.last } : after,
    isEnd: taken.length === rows.length,
    repeats: rows[0]?.repeats ?? false,
  };
}

/** Takes away the blocks between two places: their rows have their outcome. */
export async function removeFeedBlocks(
  tx: Transaction,
  feedId: FeedId,
  after: BlockPlace,
  upTo: BlockPlace,
): Promise<void> {
  await tx.query(
    `delete from feed_blocks
      where feed_id = $1 and (range_no, first_record_no) > ($2, $3) and (range_no, first_record_no) <= ($4, $5)`,
    [feedId, after.rangeNo, after.recordNo, upTo.rangeNo, upTo.recordNo],
  );
}

/** Notes which SKUs are spoken of by several of a feed's rows; once all of them are read. */
export async function noteRepeatedSkus(tx: Transaction, feedId: FeedId): Promise<void> {
  await tx.query(`set local work_mem = '${countingMemory}'`);
  // Most files name each SKU once, which the codes of one range after the other tell in less than half of the time.
  const named = await tx.query(
    `select from (select distinct range_no from feed_blocks where feed_id = $1) as ranges,
            lateral (select from feed_blocks b, json_array_elements_text(b.rows->'skus') as sku
                      where b.feed_id = $1 and b.range_no = ranges.range_no and sku <> ''
                      group by sku having count(*) > 1 limit 1) as twice
      limit 1`,
    [feedId],
  );
  if (named.length === 0) return;
  await tx.query(
    `insert into feed_repeated_skus (feed_id, sku, last_record_no)
     select $1, r.sku, max(r.record_no::int)
       from feed_blocks b, rows from (
              json_array_elements_text(b.rows->'skus'),
              json_array_elements_text(b.rows->'recordNos'),
              json_array_elements_text(b.rows->'kinds')) as r(sku, record_no, kind)
      where b.feed_id = $1 and r.kind = '1'
      group by r.sku having count(*) > 1
     on conflict (feed_id, sku) do update set last_record_no = excluded.last_record_no`,
    [feedId],
  );
}

/** The last row that speaks of each of these SKUs, for those that several rows of the feed speak of. */
export async function lastRowsOf(
  tx: Transaction,
  feedId: FeedId,
  skus: readonly SkuCode[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.query<{ sku: string; last: number }>(
    `select sku, last_record_no as last from feed_repeated_skus
      where feed_id = $1 and sku = any(array(select json_array_elements_text($2::json)))`,
    [feedId, JSON.stringify(skus)],
  );
  return new Map(rows.map(({ sku, last }) => [sku, last]));
}

/** Ends what is left of these feeds' rows as not attempted; what was rejected on reading stays rejected. */
export async function giveUpBlocks(tx: Transaction, feedIds: readonly FeedId[]): Promise<void> {
  await tx.query(
    `with taken as (delete from feed_blocks where feed_id = any($1::text[]) returning feed_id, rows),
          opened as materialized (
            select feed_id, rows, rows->'names' as names, (rows->'details')::jsonb as details,
                   (rows->'problems')::jsonb as problems from taken)
     insert into feed_rows (feed_id, record_no, sku, template_name, detail, outcome, problems)
     select o.feed_id, r.record_no::int, r.sku, o.names->>(r.name::int), o.details->(r.place - 1)::text,
            case r.kind when '2' then 'rejected' else 'not_attempted' end, coalesce(o.problems->(r.place - 1)::text, '[]')
       from opened o, rows from (
              json_array_elements_text(o.rows->'recordNos'), json_array_elements_text(o.rows->'skus'),
              json_array_elements_text(o.rows->'named'), json_array_elements_text(o.rows->'kinds'))
         with ordinality as r(record_no, sku, name, kind, place)`,
    [feedIds],
  );
}

/** Forgets which SKUs were repeated, once every row has its outcome. */
export async function forgetRepeatedSkus(tx: Transaction, feedIds: readonly FeedId[]): Promise<void> {
  await tx.query('delete from feed_repeated_skus where feed_id = any($1::text[])', [feedIds]);
}
