import { Migration } from '@mikro-orm/migrations';
import { refuseFeedsUnderWay } from './refuseFeedsUnderWay.ts';

/** Blocks of a feed are parted by ranges of SKUs. What waits already is all in one range, in the order of its file. */
export class Migration20261126000004_feed_block_ranges extends Migration {
  override name = 'Migration20261126000004_feed_block_ranges';

  override up(): void | Promise<void> {
    this.addSql(`alter table "feed_blocks" add column "range_no" int not null default 0, add column "row_count" int;`);
    this.addSql(`update "feed_blocks" set "row_count" = json_array_length("rows"->'recordNos');`);
    this.addSql(
      `alter table "feed_blocks" alter column "range_no" drop default, alter column "row_count" set not null, drop constraint "feed_blocks_pkey", add constraint "feed_blocks_pkey" primary key ("feed_id", "range_no", "first_record_no");`,
    );
  }

  /** @throws where a feed is under way: the release before would apply its blocks in another order. */
  override down(): void | Promise<void> {
    this.addSql(refuseFeedsUnderWay);
    this.addSql(
      `alter table "feed_blocks" drop constraint "feed_blocks_pkey", add constraint "feed_blocks_pkey" primary key ("feed_id", "first_record_no"), drop column "range_no", drop column "row_count";`,
    );
  }
}
