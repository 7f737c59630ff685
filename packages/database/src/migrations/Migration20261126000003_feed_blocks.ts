import { Migration } from '@mikro-orm/migrations';
import { refuseFeedsUnderWay } from './refuseFeedsUnderWay.ts';

/** Staged rows move from `feed_rows`, where each was written twice, into blocks; those of feeds under way with them. */
export class Migration20261126000003_feed_blocks extends Migration {
  override name = 'Migration20261126000003_feed_blocks';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "feed_blocks" ("feed_id" text not null, "first_record_no" int not null, "last_record_no" int not null, "rows" json not null, primary key ("feed_id", "first_record_no"));`,
    );
    this.addSql(
      `create table "feed_repeated_skus" ("feed_id" text not null, "sku" text not null, "last_record_no" int not null, primary key ("feed_id", "sku"));`,
    );
    // Read once and soon: not worth compressing.
    this.addSql(`alter table "feed_blocks" alter column "rows" set storage external;`);
    // Those rejected on reading have an outcome before they are settled: what was settled lies below the cursor.
    this.addSql(
      `create temp table "open_rows" on commit drop as
       select r.*, (row_number() over w - 1) / 2000 as block, (row_number() over w - 1) % 2000 as place
         from feed_rows r
         join feeds f on f.id = r.feed_id and f.state = 'IN_PROGRESS' and f.type in ('inventory-loader', 'product-xml')
         left join messages m on m.name = 'apply-feed' and m.payload->>'feedId' = r.feed_id
        where r.record_no > coalesce((m.cursor->>'afterRecordNo')::int, 0)
       window w as (partition by r.feed_id order by r.record_no);`,
    );
    this.addSql(
      `insert into feed_repeated_skus (feed_id, sku, last_record_no)
       select feed_id, sku, max(record_no) from open_rows
        where outcome is null and (template_name is not null or detail is not null)
        group by feed_id, sku having count(*) > 1;`,
    );
    this.addSql(
      `insert into feed_blocks (feed_id, first_record_no, last_record_no, rows)
       select feed_id, min(record_no), max(record_no), json_build_object(
                'recordNos', json_agg(record_no order by record_no),
                'skus', json_agg(sku order by record_no),
                'names', json_agg(coalesce(template_name, '') order by record_no),
                'named', json_agg(case when template_name is not null then place end order by record_no),
                'kinds', json_agg(case when outcome is not null then 2 when template_name is not null or detail is not null then 1
                                       else 0 end order by record_no),
                'details', coalesce(json_object_agg(place, detail) filter (where detail is not null), '{}'),
                'problems', coalesce(json_object_agg(place, problems) filter (where problems <> '[]'), '{}'))
         from open_rows group by feed_id, block;`,
    );
    this.addSql(`delete from feed_rows r using open_rows o where r.feed_id = o.feed_id and r.record_no = o.record_no;`);
    this.addSql(`drop index "feed_rows_sku";`);
  }

  /** @throws where a feed is under way: the release before knows no blocks, and its rows would be lost. */
  override down(): void | Promise<void> {
    this.addSql(refuseFeedsUnderWay);
    this.addSql(`create index "feed_rows_sku" on "feed_rows" ("feed_id", "sku", "record_no");`);
    this.addSql(`drop table if exists "feed_repeated_skus" cascade;`);
    this.addSql(`drop table if exists "feed_blocks" cascade;`);
  }
}
