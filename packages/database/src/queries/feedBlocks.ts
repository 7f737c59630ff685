import type { FeedId, SkuCode } from '@ge/domain';
import type { FeedBlockEntity, StagedColumns } from '../entities/index.ts';
import type { RowOf } from '../rows/table.ts';
import type { Transaction } from '../transaction.ts';

export type FeedBlockRow = RowOf<typeof FeedBlockEntity>;

/** How much memory a feed's SKUs may take when they are counted; past it the server sorts them on disk. */
const countingMemory = '64MB';

export interface FeedBlocks {
  readonly blocks: readonly StagedColumns[];
  /** Up to which record they reach. */
  readonly lastRecordNo: number;
  /** None of the feed's rows is left behind them. */
  readonly isEnd: boolean;
  /** Whether any SKU of the feed is named by several rows. */
  readonly repeats: boolean;
}

/** The next rows of a feed behind a record, in the order of the file: `size` blocks. None of them has an outcome yet. */
export async function nextFeedBlocks(
  tx: Transaction,
  feedId: FeedId,
  afterRecordNo: number,
  size: number,
): Promise<FeedBlocks> {
  const rows = await tx.query<{ last: number; rows: StagedColumns; repeats: boolean }>(
    `select last_record_no as last, case when place <= $3 then rows end as rows,
            exists (select from feed_repeated_skus r where r.feed_id = $1) as repeats
       from (select *, row_number() over (order by first_record_no) as place from feed_blocks
              where feed_id = $1 and first_record_no > $2
              order by first_record_no limit $3 + 1) as next
      order by place`,
    [feedId, afterRecordNo, size],
  );
  // One more is looked at, and not fetched: whether there is one.
  const taken = rows.slice(0, size);
  return {
    blocks: taken.map((row) => row.rows),
    lastRecordNo: taken.at(-1)?.last ?? 0,
    isEnd: rows.length <= size,
    repeats: rows[0]?.repeats ?? false,
  };
}

/** Takes away the blocks up to a record: their rows have their outcome. */
export async function removeFeedBlocks(tx: Transaction, feedId: FeedId, lastRecordNo: number): Promise<void> {
  await tx.query('delete from feed_blocks where feed_id = $1 and first_record_no <= $2', [feedId, lastRecordNo]);
}

/** Notes which SKUs are spoken of by several of a feed's rows; once all of them are read. */
export async function noteRepeatedSkus(tx: Transaction, feedId: FeedId): Promise<void> {
  await tx.query(`set local work_mem = '${countingMemory}'`);
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
